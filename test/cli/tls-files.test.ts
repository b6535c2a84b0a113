import { execFileSync } from 'node:child_process';
import { X509Certificate } from 'node:crypto';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { openDataFolder } from '../../src/cli/data-folder.ts';
import { openTls, type TlsOptions } from '../../src/cli/tls-files.ts';
import { makeAuthority } from '../../src/server/authority.ts';
import { makeKey } from '../../src/server/x509-keys.ts';

const NOON = Date.UTC(2026, 10, 20, 12);
const DAY = 86_400_000;
const names = { dns: ['localhost', 'xmpp.localhost', 'box.local'], ip: ['127.0.0.1', '192.168.1.5'] };
const at = (now: number, changes: Partial<TlsOptions> = {}): TlsOptions => ({
  names,
  env: {},
  now,
  ...changes,
});
const toAddress = (...ip: string[]) => ({ names: { ...names, ip } });

// mkcert's own are of the machine's clock.
const now = Date.now();
const key = makeKey();
const cert = await makeAuthority({ key, names, machine: 'box', now });

function folderIn(prefix: string): string {
  const folder = mkdtempSync(join(tmpdir(), prefix));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return folder;
}

const dataFolder = () => openDataFolder(join(folderIn('meet-tls-'), '.meet'), undefined);

describe('the certificate', () => {
  it('is made once with its key and its authority, for their owner’s eyes', async () => {
    const folder = dataFolder();
    const first = await openTls(folder, at(NOON));
    const { fits: _, ...kept } = await openTls(folder, at(NOON + 300 * DAY));
    expect(first).toMatchObject(kept);
    expect(first.certFile).toBe(join(folder.path, 'tls-cert.pem'));
    expect(readFileSync(first.certFile, 'utf8')).toBe(`${first.cert}\n`);
    expect(first.trust).toMatchObject({ by: 'own', file: join(folder.path, 'ca.crt'), notes: [] });
    for (const name of ['tls-key.pem', 'tls-cert.pem', 'ca-key.pem', 'ca.crt'])
      expect(statSync(join(folder.path, name)).mode & 0o777).toBe(0o600);
  });

  it('is of the authority that is to be trusted, whose key is not told', async () => {
    const { cert, trust } = await openTls(dataFolder(), at(NOON));
    const authority = new X509Certificate(trust.cert);
    expect(new X509Certificate(cert).checkIssued(authority)).toBe(true);
    expect(new X509Certificate(cert).verify(authority.publicKey)).toBe(true);
    expect(trust.fingerprint).toBe(authority.fingerprint256);
    expect(JSON.stringify(trust)).not.toContain('PRIVATE');
  });

  it('is renewed when its end is near, with the same key and authority', async () => {
    const folder = dataFolder();
    const first = await openTls(folder, at(NOON));
    expect(first.fits(names, NOON + 300 * DAY)).toBe(true);
    expect(first.fits(names, NOON + 370 * DAY)).toBe(false);
    const later = await openTls(folder, at(NOON + 370 * DAY));
    expect(later.key).toBe(first.key);
    expect(later.trust).toEqual(first.trust);
    expect(Date.parse(new X509Certificate(later.cert).validTo)).toBeGreaterThan(NOON + 700 * DAY);
  });

  it('is renewed for an address of another private network, which nobody has to trust anew', async () => {
    const folder = dataFolder();
    const first = await openTls(folder, at(NOON));
    const moved = toAddress('127.0.0.1', '10.9.8.7');
    expect(first.fits(moved.names, NOON)).toBe(false);
    const next = await openTls(folder, at(NOON, moved));
    expect(new X509Certificate(next.cert).checkIP('10.9.8.7')).toBe('10.9.8.7');
    expect(next.trust).toEqual(first.trust);
  });

  it('leaves out a public IPv6 address of another network, rather than ask for trust anew', async () => {
    const folder = dataFolder();
    const first = await openTls(folder, at(NOON));
    const moved = toAddress('127.0.0.1', '192.168.1.5', '2001:db8::7');
    expect(first.fits(moved.names, NOON)).toBe(true);
    expect((await openTls(folder, at(NOON, moved))).cert).toBe(first.cert);
  });

  it('replaces one that is broken', async () => {
    const folder = dataFolder();
    const first = await openTls(folder, at(NOON));
    writeFileSync(first.certFile, 'nonsense');
    const mended = await openTls(folder, at(NOON));
    expect(new X509Certificate(mended.cert).checkHost('xmpp.localhost')).toBeDefined();
  });

  it('is of one key and one authority for all of many servers that start at once', async () => {
    const folder = dataFolder();
    const all = await Promise.all([1, 2, 3, 4].map(() => openTls(folder, at(NOON))));
    expect(new Set(all.map(({ key }) => key)).size).toBe(1);
    expect(new Set(all.map(({ trust }) => trust.cert)).size).toBe(1);
  });
});

describe('the authority', () => {
  it.each([
    [
      'is near its end',
      NOON + (3 * 365 - 20) * DAY,
      names,
      /since it ends on .* 2029 GMT: trust .*ca\.crt anew/,
    ],
    ['is over', NOON + 4 * 365 * DAY, names, /since it ended on/],
    [
      'may not vouch for a new name',
      NOON,
      { ...names, dns: [...names.dns, 'lab.example'] },
      /since it may not vouch for lab\.example: trust/,
    ],
    [
      'may not vouch for a public address',
      NOON,
      { ...names, ip: ['198.51.100.9'] },
      /since it may not vouch for 198\.51\.100\.9/,
    ],
  ])('is renewed with a clear word when it %s', async (_, now, wanted, note) => {
    const folder = dataFolder();
    const first = await openTls(folder, at(NOON));
    const next = await openTls(folder, at(now, { names: wanted }));
    expect(next.trust.notes).toEqual([expect.stringMatching(note)]);
    expect(next.trust.cert).not.toBe(first.trust.cert);
    expect(next.fits(wanted, now)).toBe(true);
    // Said once.
    expect((await openTls(folder, at(now, { names: wanted }))).trust.notes).toEqual([]);
  });

  it('keeps a name that it had: at home the laptop is called otherwise than at work', async () => {
    const folder = dataFolder();
    await openTls(folder, at(NOON));
    const atWork = await openTls(folder, at(NOON, { names: { dns: ['localhost', 'box.corp'], ip: [] } }));
    const atHome = await openTls(folder, at(NOON));
    expect(atHome.trust.cert).toBe(atWork.trust.cert);
    expect(atHome.trust.notes).toEqual([]);
  });

  it.each<[string, string, string, string, RegExp]>([
    [
      'a server’s key',
      'tls-key.pem',
      'nonsense',
      'BAD_CONFIG',
      /tls-key\.pem holds no private key; remove it/,
    ],
    [
      'a key',
      'ca-key.pem',
      'nonsense',
      'BAD_CONFIG',
      /ca-key\.pem holds no private key; remove it and ca\.crt/,
    ],
    [
      'a certificate',
      'ca.crt',
      'nonsense',
      'BAD_CONFIG',
      /ca\.crt is no certificate; remove it\. .* trust anew/,
    ],
    [
      'a key of another',
      'ca-key.pem',
      makeKey(),
      'BAD_CONFIG',
      /ca\.crt is not the authority of ca-key\.pem.*remove both/,
    ],
  ])('names the fix for %s that is wrong', async (_, name, text, code, message) => {
    const folder = dataFolder();
    await openTls(folder, at(NOON));
    writeFileSync(join(folder.path, name), text);
    const failed = openTls(folder, at(NOON));
    await expect(failed).rejects.toMatchObject({ code, message: expect.stringMatching(message) });
    await expect(failed).rejects.not.toMatchObject({ message: expect.stringContaining('PRIVATE KEY') });
  });

  it.each(['ca-key.pem', 'ca.crt', 'tls-key.pem', 'tls-cert.pem'])(
    'names the fix for %s that cannot be read',
    async name => {
      const folder = dataFolder();
      folder.prepare();
      // Root may read everything, but nobody a folder.
      mkdirSync(join(folder.path, name));
      await expect(openTls(folder, at(NOON))).rejects.toMatchObject({
        code: 'STORE_FAILED',
        message: expect.stringMatching(/cannot be opened or written; check the rights/),
      });
    },
  );

  it('asks for trust anew when somebody took its key away', async () => {
    const folder = dataFolder();
    await openTls(folder, at(NOON));
    rmSync(join(folder.path, 'ca-key.pem'));
    await expect(openTls(folder, at(NOON))).rejects.toThrow(/remove both/);
    rmSync(join(folder.path, 'ca-key.pem'));
    rmSync(join(folder.path, 'ca.crt'));
    expect((await openTls(folder, at(NOON))).trust.by).toBe('own');
  });
});

describe('mkcert', () => {
  /** A program of that name, and the folder that it says its authority is in. */
  function install(script?: string) {
    const bin = folderIn('meet-mkcert-bin-');
    const root = folderIn('meet-mkcert-root-');
    writeFileSync(join(bin, 'mkcert'), script ?? `#!/bin/sh\n[ "$1" = -CAROOT ] && echo '${root}'\n`);
    chmodSync(join(bin, 'mkcert'), 0o755);
    return { root, env: { PATH: bin } };
  }
  /** An authority as mkcert makes it: RSA, with no limits. */
  function fill(root: string, days = 3650) {
    const args = [
      'req',
      '-x509',
      '-newkey',
      'rsa:2048',
      '-nodes',
      '-subj',
      '/O=mkcert development CA/CN=mkcert me@box',
    ];
    const files = ['-keyout', join(root, 'rootCA-key.pem'), '-out', join(root, 'rootCA.pem')];
    execFileSync('openssl', [...args, ...files, '-days', String(days)], { stdio: 'pipe' });
  }
  const hasOpenssl = (() => {
    try {
      execFileSync('openssl', ['version'], { stdio: 'pipe' });
      return true;
    } catch {
      return false;
    }
  })();

  it.runIf(hasOpenssl)('signs, where it is installed; nothing of its is copied', async () => {
    const { root, env } = install();
    fill(root);
    const folder = dataFolder();
    const { cert, trust } = await openTls(folder, at(now, { env }));
    expect(trust).toMatchObject({ by: 'mkcert', file: join(root, 'rootCA.pem'), notes: [] });
    const authority = new X509Certificate(readFileSync(trust.file));
    expect(new X509Certificate(cert).checkIssued(authority)).toBe(true);
    expect(new X509Certificate(cert).verify(authority.publicKey)).toBe(true);
    expect((await openTls(folder, at(now, { env }))).cert).toBe(cert);
    // Gone again: our own takes over.
    const after = await openTls(folder, at(now));
    expect(after.trust.by).toBe('own');
    expect(after.cert).not.toBe(cert);
  });

  it.each([
    ['has no authority yet', undefined, /mkcert -install makes one; the project's own authority is used/],
    ['has a certificate only', 'rootCA.pem', /rootCA-key\.pem cannot be read \(ENOENT\); the project's own/],
  ])('is left alone, and why is told, when it %s', async (_, file, note) => {
    const { root, env } = install();
    if (file) writeFileSync(join(root, file), 'text');
    const { trust } = await openTls(dataFolder(), at(now, { env }));
    expect(trust).toMatchObject({ by: 'own', notes: [expect.stringMatching(note)] });
  });

  it.each([
    ['fails', '#!/bin/sh\nexit 3\n'],
    ['says nothing', '#!/bin/sh\n'],
  ])('is no mkcert when it %s', async (_, script) => {
    const { env } = install(script);
    const { trust } = await openTls(dataFolder(), at(now, { env }));
    expect(trust).toMatchObject({ by: 'own', notes: [] });
  });

  it.each([
    [
      'key is none',
      { cert, key: 'nonsense' },
      now,
      /rootCA-key\.pem holds no key that can sign; remove .* mkcert -install/,
    ],
    ['certificate is none', { cert: 'nonsense', key }, now, /rootCA\.pem is no certificate; remove/],
    [
      'files do not belong together',
      { cert, key: makeKey() },
      now,
      /rootCA\.pem is not of the key beside it; remove/,
    ],
    [
      'authority is over',
      { cert, key },
      now + 4 * 365 * DAY,
      /rootCA\.pem has expired; remove .* or uninstall mkcert/,
    ],
  ])('has the fix named when its %s', async (_, files, when, message) => {
    const { root, env } = install();
    writeFileSync(join(root, 'rootCA.pem'), files.cert);
    writeFileSync(join(root, 'rootCA-key.pem'), files.key);
    await expect(openTls(dataFolder(), at(when, { env }))).rejects.toMatchObject({
      code: 'BAD_CONFIG',
      message: expect.stringMatching(message),
    });
  });
});
