import { X509Certificate } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { get } from 'node:https';
import { type AddressInfo, connect } from 'node:net';
import { join } from 'node:path';
import Database from 'libsql';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { runMeet, startMeet, startServe, temporaryProject } from './server-process.ts';

// Whole processes, beside whatever else the machine is busy with.
vi.setConfig({ testTimeout: 30_000 });

async function occupy(port: number): Promise<number> {
  const server = createServer();
  // Taken already is as good.
  await new Promise<void>(resolve => server.on('error', () => resolve()).listen(port, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  return (server.address() as AddressInfo | null)?.port ?? port;
}

const isFree = (port: number) =>
  fetch(`http://127.0.0.1:${port}/healthz`).then(
    () => false,
    () => true,
  );

/** Of a server that proves to be `xmpp.localhost` by this certificate. */
function statusByTls(port: number, ca: string): Promise<number | undefined> {
  const options = {
    host: '127.0.0.1',
    port,
    path: '/readyz',
    ca,
    servername: 'xmpp.localhost',
    agent: false,
  };
  return new Promise((resolve, reject) => {
    get(options, response => {
      response.resume();
      resolve(response.statusCode);
    }).on('error', reject);
  });
}

describe('meet serve', () => {
  it('answers when it says that it is ready, and tells the other commands', async () => {
    const { folder } = await temporaryProject();
    const { url, stdout } = await startServe(folder);
    expect(await (await fetch(`${url}/readyz`)).json()).toEqual({ ok: true, service: 'meet' });
    expect(JSON.parse(await readFile(join(folder, '.meet', 'server.json'), 'utf8'))).toMatchObject({ url });
    expect(stdout()).toBe(`${url}\n`);
  });

  it('says what it serves, with what, from where, and how to stop it', async () => {
    const { folder } = await temporaryProject();
    const { stderr } = await startServe(folder);
    expect(stderr()).toMatch(/backend +emulator \(no account, no internet\)/);
    expect(stderr()).toMatch(/sdk +@cometchat\/calls-sdk-javascript 4\.2\.6 \(bundled\)/);
    expect(stderr()).toContain(join(folder, '.meet'));
    expect(stderr()).toMatch(/stop +Ctrl-C/);
  });

  it('prints JSON when asked to', async () => {
    const { folder } = await temporaryProject();
    const { stdout, url, child } = await startServe(folder, ['--json']);
    expect(JSON.parse(stdout())).toEqual({
      url,
      local: url,
      pid: child.pid,
      backend: 'emulator',
      strict: false,
      sdk: { name: '@cometchat/calls-sdk-javascript', version: '4.2.6', source: 'bundled' },
      dataDir: join(folder, '.meet'),
      ownApp: {
        appId: expect.any(String),
        region: 'us',
        host: `${url}/cometchat/v3.0`,
        adminHost: `${url}/cometchat/v3.0`,
        clientHost: `${url}/cometchat/v3.0`,
        setHost: `${url}/cometchat/v3.0/`,
        shim: `${url}/meet-shim.js`,
      },
    });
  });

  it('shows what an own app needs, and the auth key when asked to', async () => {
    const { folder } = await temporaryProject();
    const { url, until, stop } = await startServe(folder);
    await until(/to cometchat-uid-5\n/);
    const { appId, authKey, apiKey, secret } = JSON.parse(
      await readFile(join(folder, '.meet', 'emulator-keys.json'), 'utf8'),
    );
    const words = (text: string) =>
      text
        .slice(text.indexOf('Your own app'))
        .replaceAll(url, 'http://localhost:4680')
        .replaceAll(folder, '')
        .replaceAll(appId, '0123456789abcdef')
        .replaceAll(authKey, '<auth key>');
    const first = await until(/to cometchat-uid-5\n/);
    expect(words(first)).toMatchSnapshot();
    for (const key of [authKey, apiKey, secret]) expect(first).not.toContain(key);
    await stop();

    const asked = await startServe(folder, ['--keys', '--json']);
    const text = await asked.until(/to cometchat-uid-5\n/);
    expect(text).toMatch(`auth key ${authKey}`);
    expect(JSON.parse(asked.stdout()).ownApp).toMatchObject({ appId, authKey });
    for (const key of [apiKey, secret]) expect(text).not.toContain(key);
  });

  it.each(['--https', '--tls'])(
    'serves https on the same port with %s, and says what to trust',
    async flag => {
      const { folder } = await temporaryProject();
      const { url, port, stdout, until } = await startServe(folder, [flag, '--json']);
      const certFile = join(folder, '.meet', 'tls-cert.pem');
      const caFile = join(folder, '.meet', 'ca.crt');
      const text = await until(/to cometchat-uid-5\n/);
      expect(text).toContain(`shows    ${certFile}, at https://localhost:${port} too`);
      expect(text).toContain(`file     ${caFile}`);
      expect(text).toContain(`or no script, once your browser trusts https://xmpp.localhost:${port}/`);
      expect(text).not.toContain('PRIVATE KEY');
      const authority = await readFile(caFile, 'utf8');
      const { fingerprint256: fingerprint } = new X509Certificate(authority);
      const tls = { certFile, by: 'own', caFile, fingerprint };
      expect(JSON.parse(stdout())).toMatchObject({ url, tls, ownApp: { tls: { caFile } } });
      expect(text.replace(/\n +/g, ':')).toContain(fingerprint);
      expect(await statusByTls(port, authority)).toBe(200);
      const served = await fetch(`${url}/ca.crt`);
      expect(served.headers.get('content-type')).toBe('application/x-x509-ca-cert');
      expect(await served.text()).toBe(authority);
      expect((await fetch(`${url}/readyz`)).status).toBe(200);
    },
  );

  it('leads to what it shows: a user logs in, and the shim is there', async () => {
    const { folder } = await temporaryProject();
    const { stdout } = await startServe(folder, ['--keys', '--json']);
    const { ownApp } = JSON.parse(stdout());
    const login = await fetch(`${ownApp.adminHost}/users/cometchat-uid-1/auth_tokens`, {
      method: 'POST',
      headers: { appId: ownApp.appId, apiKey: ownApp.authKey, origin: 'http://localhost:5173' },
    });
    expect(await login.json()).toMatchObject({ data: { uid: 'cometchat-uid-1' } });
    expect(login.headers.get('access-control-allow-origin')).toBe('http://localhost:5173');
    expect((await fetch(ownApp.shim)).status).toBe(200);
  });

  it.each(['SIGTERM', 'SIGINT', 'SIGHUP'] as const)(
    'stops at %s: exit 0, port free, nothing announced',
    async signal => {
      const { folder } = await temporaryProject();
      const { port, stop } = await startServe(folder);
      expect(await stop(signal)).toBe(0);
      expect(await isFree(port)).toBe(true);
      expect(existsSync(join(folder, '.meet', 'server.json'))).toBe(false);
    },
  );

  it('stops while somebody is connected', async () => {
    const { folder } = await temporaryProject();
    const { port, stop } = await startServe(folder);
    const idle = connect(port, '127.0.0.1');
    await new Promise(resolve => idle.on('connect', resolve));
    idle.on('error', () => {});
    expect(await stop()).toBe(0);
  });

  it('does not wait at a second signal', async () => {
    const { folder } = await temporaryProject();
    const { port, child, until, exit } = await startServe(folder);
    const slow = connect(port, '127.0.0.1');
    slow.on('error', () => {});
    slow.write(
      'POST /api/identity HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 9\r\nExpect: 100-continue\r\n\r\n{',
    );
    // "100 Continue" says that the server has the request: a mere connection may still wait in
    // the kernel's queue, and a server that has taken nothing has nothing to wait for.
    await new Promise(resolve => slow.once('data', resolve));
    child.kill('SIGTERM');
    await until(/Stopping/);
    child.kill('SIGTERM');
    expect(await exit).toBe(1);
  });

  it('takes over after a server that was killed', async () => {
    const { folder } = await temporaryProject();
    await (await startServe(folder)).stop('SIGKILL');
    expect(existsSync(join(folder, '.meet', 'server.json'))).toBe(true);
    const { stderr } = await startServe(folder);
    expect(stderr()).not.toContain('Another server');
  });

  it('warns of a second server for the same meetings', async () => {
    const { folder } = await temporaryProject();
    const { url } = await startServe(folder);
    expect((await startServe(folder)).stderr()).toContain(`serves these meetings at ${url}`);
  });

  it('leaves the first server the one that others are told of, when a second comes and goes', async () => {
    const { folder } = await temporaryProject();
    const { url } = await startServe(folder);
    const announced = () => readFile(join(folder, '.meet', 'server.json'), 'utf8').then(JSON.parse);
    const second = await startServe(folder);
    expect(await announced()).toMatchObject({ url });
    expect(await second.stop()).toBe(0);
    expect(await announced()).toMatchObject({ url });
  });

  it('exits with 2 when the port that was asked for is taken', async () => {
    const { folder } = await temporaryProject();
    const port = await occupy(0);
    const { code, stdout, stderr } = await runMeet(folder, ['serve', '--port', String(port)]);
    expect({ code, stdout, stderr }).toEqual({
      code: 2,
      stdout: '',
      stderr: `error: Port ${port} is in use; pick another with --port.`,
    });
  });

  it('takes the next free port when nobody asked for one, and says so', async () => {
    const { folder } = await temporaryProject();
    await occupy(4680);
    const meet = startMeet(folder, ['serve']);
    const text = await meet.until(/stop +Ctrl-C/);
    expect(text).toMatch(/Port 4680 is in use; serving on 46\d\d instead/);
    expect(await meet.stop()).toBe(0);
  });

  it('warns in words when others can reach it', async () => {
    const { folder } = await temporaryProject();
    const { stderr, url } = await startServe(folder, ['--host', '0.0.0.0']);
    expect(url).toMatch(/^http:\/\/localhost:/);
    expect(stderr()).toContain('The emulator serves this machine only');
  });

  it.each([
    ['half a CometChat app', [], { COMETCHAT_APP_ID: 'app1' }, /COMETCHAT_REGION, COMETCHAT_API_KEY/],
    ['an SDK that is not there', ['--sdk', './nowhere'], {}, /--sdk/],
    ['the project’s SDK where there is none', ['--sdk', 'project'], {}, /--sdk bundled/],
    ['an address of another machine', ['--host', '203.0.113.7'], {}, /--host/],
    ['a switch that is neither on nor off', [], { MEET_GUESTS: 'maybe' }, /MEET_GUESTS/],
    ['a limit that is no number', [], { MEET_RATE_LIMIT: 'many' }, /MEET_RATE_LIMIT/],
    ['an origin that is none', [], { MEET_ALLOWED_ORIGINS: 'app.example.com' }, /MEET_ALLOWED_ORIGINS/],
    ['an unknown log level', [], { MEET_LOG: 'loud' }, /MEET_LOG/],
  ])('exits with 2 and one line for %s', async (_, args, env, fix) => {
    const { folder } = await temporaryProject();
    const { code, stderr } = await runMeet(folder, ['serve', '--port', '0', ...args], env);
    expect({ code, lines: stderr.split('\n').length }).toEqual({ code: 2, lines: 1 });
    expect(stderr).toMatch(fix);
  });

  it('names the cloud where one is set up, and keeps its key to itself', async () => {
    const { folder } = await temporaryProject();
    await writeFile(
      join(folder, '.env'),
      'COMETCHAT_APP_ID=app1\nCOMETCHAT_REGION=EU\nCOMETCHAT_API_KEY=k-secret\n',
    );
    const { stderr, stdout, url } = await startServe(folder, ['--json']);
    expect(stderr()).toContain("CometChat's cloud, call tokens only");
    expect(JSON.parse(stdout())).toMatchObject({ backend: 'cloud', strict: true, ownApp: null });
    expect(stderr()).not.toContain('Your own app');
    const pages = await Promise.all(
      ['/', '/metrics', '/openapi.json'].map(async path => (await fetch(url + path)).text()),
    );
    for (const text of [stderr(), stdout(), ...pages]) expect(text).not.toContain('k-secret');
  });

  it('writes nothing but lines of the log on stderr, and why something failed is one', async () => {
    const { folder } = await temporaryProject();
    const meet = await startServe(folder, [], { MEET_LOG: 'info' });
    // From now on it is no database any more.
    const database = new Database(join(folder, '.meet', 'meet.db'));
    database.exec('drop table meetings');
    database.close();
    await fetch(`${meet.url}/api/meetings/room-1`);
    await meet.until(/"msg":"failed"/);
    expect(await meet.stop()).toBe(0);
    const lines = meet.stderr().trim().split('\n');
    const logged = lines.map(line => JSON.parse(line));
    for (const line of logged) expect(line).toMatchObject({ level: expect.any(Number), pid: meet.child.pid });
    const told = logged.map(({ msg }) => msg);
    expect(told).toContain(`Ready at ${meet.url}`);
    expect(told).toContain('Stopping; again to force.');
    expect(told.join()).not.toContain('CometChatCalls.init');
    expect(logged.find(({ msg }) => msg === 'failed')).toMatchObject({
      level: 50,
      method: 'GET',
      url: '/api/meetings/room-1',
      reason: expect.stringContaining('meetings'),
    });
    expect(meet.stdout()).toBe(`${meet.url}\n`);
  });

  it('keeps secrets out of the log', async () => {
    const { folder } = await temporaryProject();
    const { stderr, url, until } = await startServe(folder, [], { MEET_LOG: 'trace' });
    const adminKey = (await readFile(join(folder, '.meet', 'admin-key'), 'utf8')).trim();
    await fetch(`${url}/api/meetings?token=t-secret`, { headers: { authorization: `Bearer ${adminKey}` } });
    await until(/"url":"\/api\/meetings\?token=\*\*\*".*"msg":"answered"/);
    expect(stderr()).not.toContain(adminKey);
    expect(stderr()).not.toContain('t-secret');
  });
});
