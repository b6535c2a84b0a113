import { chmodSync, mkdirSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { stepsFor } from '../../../src/cli/doctor/browser-steps.ts';
import { findListener } from '../../../src/cli/doctor/listener.ts';
import { makeAuthority } from '../../../src/server/authority.ts';
import { makeCertificate } from '../../../src/server/certificate.ts';
import { makeKey } from '../../../src/server/x509-keys.ts';
import type { Sandbox } from '../run-meet.ts';
import { ask, sandbox } from './ask.ts';

/** A program on a port of its own. */
async function occupy(body = ''): Promise<number> {
  const server = createServer((_request, response) =>
    response
      .writeHead(200, { 'content-type': 'application/json', date: 'Fri, 20 Nov 2026 12:00:00 GMT' })
      .end(body),
  );
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  return (server.address() as AddressInfo).port;
}

const write = (place: Sandbox, name: string, value: object) =>
  writeFileSync(join(place.path, name), JSON.stringify(value));

describe('meet doctor', () => {
  it('finds all well in a new project, and leaves nothing behind', async () => {
    const place = sandbox();
    write(place, 'meet.config.json', { port: await freePort() });
    const { ok, of } = await ask(place);
    expect(ok).toBe(true);
    expect(of.node?.says).toBe(process.versions.node);
    expect(of.sdk?.says).toBe('@cometchat/calls-sdk-javascript 4.2.6 (bundled)');
    expect(of.cometchat?.says).toContain('the emulator');
    expect(of.data?.says).toContain('made at first use');
    expect(() => statSync(join(place.path, '.meet'))).toThrow('ENOENT');
  });

  it('says the same in lines for people', async () => {
    const { code, stdout } = await sandbox().meet(['doctor'], { MEET_BROWSER: '/no/browser' });
    expect(code).toBe(1);
    expect(stdout).toMatch(/^ok {4}Node\.js {6}\d+/m);
    expect(stdout).toMatch(
      /^bad {3}Browser {6}There is no browser at \/no\/browser\n {19}mend MEET_BROWSER/m,
    );
  });

  it('finds keys that others may read, and closes them', async () => {
    const place = sandbox();
    await place.meet(['create']);
    const key = join(place.path, '.meet/secret');
    writeFileSync(key, 'a secret of enough bytes, 32 or so', { mode: 0o600 });
    chmodSync(key, 0o644);
    const before = await ask(place);
    expect(before.of.data).toMatchObject({ state: 'bad', says: `other users may read ${key}` });
    expect((await ask(place, {}, ['--fix'])).of.data?.state).toBe('ok');
    expect(statSync(key).mode & 0o777).toBe(0o600);
  });

  it('tells who has the port', async () => {
    const place = sandbox();
    const port = await occupy();
    write(place, 'meet.config.json', { port });
    expect((await ask(place)).of.port).toMatchObject({
      state: 'bad',
      says: expect.stringMatching(
        process.platform === 'linux'
          ? `^${port} is in use by .+ \\(pid ${process.pid}\\)$`
          : `^${port} is in use`,
      ),
    });
    if (process.platform === 'linux') expect(findListener(port)?.pid).toBe(process.pid);
  });

  it('finds a clock that goes wrong, and a host that is not ours', async () => {
    const port = await occupy('{"ok": true, "service": "meet"}');
    const wrong = await ask(sandbox(), { MEET_URL: `http://localhost:${port}` });
    expect(wrong.of.url?.says).toMatch(
      new RegExp(`^the clock of http://localhost:${port} is \\d+ s (ahead of|behind) this one$`),
    );
    const other = await ask(sandbox(), { MEET_URL: `http://localhost:${await occupy('{}')}` });
    expect(other.of.url).toMatchObject({
      state: 'warn',
      says: expect.stringContaining('no meet answers there'),
    });
  });

  it('finds settings of the cloud that are not whole, and prints no key', async () => {
    const half = await ask(sandbox(), { COMETCHAT_API_KEY: 'k3y-that-is-secret' });
    expect(half.of.cometchat?.state).toBe('bad');
    const whole = {
      COMETCHAT_APP_ID: 'app1',
      COMETCHAT_REGION: 'eu',
      COMETCHAT_AUTH_KEY: 'k3y-that-is-secret',
      // Nobody is asked but this machine.
      COMETCHAT_ADMIN_HOST: 'http://127.0.0.1:9/v3.0',
    };
    const development = await ask(sandbox(), whole);
    expect(development.of.cometchat).toMatchObject({
      state: 'warn',
      says: expect.stringContaining('region eu'),
    });
    expect(half.stdout + development.stdout).not.toContain('k3y-that-is-secret');
  });

  it('finds variables that are wrong, and an SDK that is not there', async () => {
    const { of, ok } = await ask(sandbox(), { MEET_GUESTS: 'maybe' });
    expect([ok, of.settings?.says]).toEqual([false, 'MEET_GUESTS must be on or off; mend it or unset it.']);
    for (const [name, value] of [
      ['MEET_ADMIN_KEY', 'short'],
      ['MEET_DRAIN', 'x'],
      ['MEET_DATABASE_URL', 'foo'],
      ['MEET_SECRET', 'short'],
      ['MEET_WEBHOOK_SECRET', 'short'],
      ['MEET_ALLOWED_HOSTS', 'http://x'],
    ] as const) {
      const found = (await ask(sandbox(), { [name]: value })).of.settings;
      expect(found).toMatchObject({ state: 'bad', says: expect.stringContaining(name) });
    }
    const place = sandbox();
    write(place, 'meet.config.json', { sdk: './nowhere' });
    expect((await ask(place)).of.sdk).toMatchObject({
      state: 'bad',
      says: expect.stringContaining('There is no SDK at'),
    });
  });

  it('tells until when the certificate is good', async () => {
    const place = sandbox();
    const folder = join(place.path, '.meet');
    mkdirSync(folder, { mode: 0o700 });
    expect((await ask(place)).of.certificate?.says).toBe('none; meet serve --https makes one');
    const certify = async (madeAt: number) => {
      const key = makeKey();
      const names = { dns: ['localhost'], ip: ['127.0.0.1'] };
      const authority = { key, cert: await makeAuthority({ key, names, machine: 'here', now: madeAt }) };
      return makeCertificate({ key, authority, names, now: madeAt });
    };
    const file = join(folder, 'tls-cert.pem');
    writeFileSync(file, await certify(Date.now()));
    expect((await ask(place)).of.certificate).toMatchObject({
      state: 'ok',
      says: expect.stringMatching(/^until \d{4}-\d\d-\d\d, for localhost, 127\.0\.0\.1$/),
    });
    writeFileSync(file, await certify(Date.now() - 380 * 86_400_000));
    expect((await ask(place)).of.certificate?.says).toMatch(/^until .*, in 16 days$/);
    writeFileSync(file, await certify(Date.now() - 500 * 86_400_000));
    expect((await ask(place)).of.certificate).toMatchObject({
      state: 'warn',
      says: expect.stringContaining('ended'),
    });
    writeFileSync(file, 'no certificate');
    expect((await ask(place)).of.certificate?.state).toBe('bad');
  });

  it('tells the apps of the project', async () => {
    const place = sandbox();
    const apps = { ios: [{ teamId: 'ABCDE12345', bundleId: 'com.example.app' }], scheme: 'myapp' };
    write(place, 'meet.config.json', { url: 'https://meet.example.invalid', apps });
    expect((await ask(place)).of.apps?.says).toBe(
      'com.example.app, myapp://; check the host: meet doctor --links https://meet.example.invalid',
    );
  });
});

describe('installing a browser', () => {
  it('is not done where there is one', async () => {
    const { code, stdout, stderr } = await sandbox().meet(['doctor', '--install-browser', '--json'], {
      MEET_BROWSER: process.execPath,
    });
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toContain(`${process.version} (${process.execPath})`);
  });

  it('takes the packages of Debian, else the download of Playwright', () => {
    expect(stepsFor(true).map(({ args }) => args.at(-1))).toEqual(['-qq', 'chromium-headless-shell']);
    const [step] = stepsFor(false);
    expect(step?.args.slice(1, 4)).toEqual(['install', 'chromium', '--only-shell']);
  });
});

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise(resolve => server.close(resolve));
  return port;
}
