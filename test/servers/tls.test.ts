import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeAuthority } from '../../src/server/authority.ts';
import { makeCertificate } from '../../src/server/certificate.ts';
import { makeKey } from '../../src/server/x509-keys.ts';
import { openStore } from '../../src/store/store.ts';
import { ask as askDoctor, sandbox } from '../cli/doctor/ask.ts';
import { type Postgres, startPostgres, whyNoPostgres } from './postgres.ts';
import { ask } from './with-postgres.ts';

const SECRET = 'a-password-to-look-for';
/** Not `localhost`, by which it can be reached too. */
const NAMES = { dns: ['db.example'], ip: ['127.0.0.1'] };

const RULES = `hostnossl all only_by_tls 127.0.0.1/32 reject
host all all 127.0.0.1/32 scram-sha-256
`;

async function newAuthority() {
  const key = makeKey();
  return { key, cert: await makeAuthority({ key, names: NAMES, machine: 'test', now: Date.now() }) };
}

describe.skipIf(whyNoPostgres() !== null)('a PostgreSQL that speaks TLS', () => {
  const folder = mkdtempSync(join(tmpdir(), 'meet-tls-'));
  const [own, foreign, none] = ['own.crt', 'foreign.crt', 'none.crt'].map(name => join(folder, name)) as [
    string,
    string,
    string,
  ];
  let postgres: Postgres;

  beforeAll(async () => {
    const authority = await newAuthority();
    const key = makeKey();
    const rules = join(folder, 'pg_hba.conf');
    writeFileSync(rules, RULES);
    chmodSync(folder, 0o755);
    postgres = await startPostgres(
      { hba_file: rules },
      { key, cert: await makeCertificate({ key, authority, names: NAMES, now: Date.now() }) },
    );
    writeFileSync(own, authority.cert);
    writeFileSync(foreign, (await newAuthority()).cert);
    // So that nothing has to be made in the tests.
    await (await openStore({ url: postgres.url })).close();
  });
  afterAll(async () => {
    await postgres?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const urlFor = (query: Record<string, string>, host = '127.0.0.1') =>
    `${postgres.url.replace('127.0.0.1', host)}?${new URLSearchParams(query)}`;

  /** Whether what meet sends there is encrypted. */
  async function isEncrypted(url: string): Promise<boolean> {
    const store = await openStore({ url });
    await store.list();
    const rows = await ask<{ ssl: boolean }>(
      postgres.url,
      "select ssl from pg_stat_ssl join pg_stat_activity using (pid) where application_name = 'meet'",
    );
    await store.close();
    expect(rows).toHaveLength(1);
    return rows[0]?.ssl === true;
  }

  async function refusalOf(url: string): Promise<{ code: string; message: string }> {
    const error = await openStore({ url }).then(
      () => null,
      error => error,
    );
    expect(error?.message).not.toContain(SECRET);
    return error;
  }

  it.each([
    ['verify-full', 'own', '127.0.0.1', true],
    ['verify-ca', 'own', '127.0.0.1', true],
    ['verify-ca', 'own', 'localhost', true],
    ['require', 'own', 'localhost', true],
    ['require', '', '127.0.0.1', true],
    ['prefer', '', '127.0.0.1', true],
    ['disable', '', '127.0.0.1', false],
    ['', '', '127.0.0.1', false],
    ['', 'own', '127.0.0.1', true],
  ])(
    'takes sslmode=%s with the authority %s at %s; encrypted: %s',
    async (mode, authority, host, encrypted) => {
      const query = { ...(mode && { sslmode: mode }), ...(authority && { sslrootcert: own }) };
      expect(await isEncrypted(urlFor(query, host))).toBe(encrypted);
    },
  );

  const NO_TRUST = 'has a certificate of nobody whom this machine trusts; name its authority';
  const OTHER_NAME = 'has a certificate for another name; give MEET_DATABASE_URL a host that is in it';

  it.each([
    ['verify-full', 'foreign', '127.0.0.1', NO_TRUST],
    ['verify-full', '', '127.0.0.1', NO_TRUST],
    ['verify-full', 'own', 'localhost', OTHER_NAME],
    ['verify-ca', 'foreign', '127.0.0.1', NO_TRUST],
    ['require', 'foreign', '127.0.0.1', NO_TRUST],
    // Without a mode nothing less than all of it.
    ['', 'foreign', '127.0.0.1', NO_TRUST],
    ['', 'own', 'localhost', OTHER_NAME],
  ])('refuses sslmode=%s with the authority %s at %s: it %s', async (mode, authority, host, words) => {
    const file = { own, foreign }[authority];
    const query = { ...(mode && { sslmode: mode }), ...(file && { sslrootcert: file }) };
    const { code, message } = await refusalOf(urlFor(query, host));
    expect([code, message]).toEqual(['STORE_FAILED', expect.stringContaining(words)]);
  });

  it.each(['no-verify', 'allow', 'verify_full', 'Verify-Full', ''])(
    'refuses sslmode=%j, which psql or pg may read in another way',
    async sslmode => {
      const { code, message } = await refusalOf(urlFor({ sslmode }));
      expect([code, message]).toEqual(['BAD_CONFIG', expect.stringContaining('verify-full over a network')]);
    },
  );

  it('names the file of an authority that is not there, or is none', async () => {
    const { code, message } = await refusalOf(urlFor({ sslmode: 'verify-full', sslrootcert: none }));
    expect([code, message]).toEqual(['BAD_CONFIG', expect.stringContaining(none)]);
    await expect(openStore({ url: urlFor({ sslmode: 'verify-ca' }) })).rejects.toMatchObject({
      code: 'BAD_CONFIG',
    });
  });

  it('may take this user by TLS only', async () => {
    const url = urlFor({ sslmode: 'disable' }).replace(/meet:[^@]+/, 'only_by_tls:x');
    expect((await refusalOf(url)).message).toContain('or without TLS; check user and sslmode');
  });

  it('is told by meet doctor, and trusted by NODE_EXTRA_CA_CERTS too', async () => {
    const MEET_DATABASE_URL = urlFor({ sslmode: 'verify-full' });
    const before = await askDoctor(sandbox(), { MEET_DATABASE_URL });
    expect(before.of.store).toMatchObject({ state: 'bad', fix: expect.stringContaining('sslrootcert') });
    expect(before.stdout).not.toContain(SECRET);
    const after = await askDoctor(sandbox(), { MEET_DATABASE_URL, NODE_EXTRA_CA_CERTS: own });
    expect(after.of.store?.state).toBe('ok');
  });
});
