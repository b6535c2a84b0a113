import { once } from 'node:events';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { parseLink } from '../../src/core/links.ts';
import { startReceiver, WEBHOOK_SECRET } from '../server/webhooks/receiver.ts';
import { runMeet, startMeet, startServe, temporaryProject } from './server-process.ts';

vi.setConfig({ testTimeout: 60_000 });

/** A server in one project, and another project that works at it. */
async function startElsewhere(env: NodeJS.ProcessEnv = {}) {
  const there = (await temporaryProject()).folder;
  const here = (await temporaryProject()).folder;
  const settings = { MEET_URL: 'https://meet.example.com', ...env };
  const { url, port, stop } = await startServe(there, [], settings);
  const adminKey = (await readFile(join(there, '.meet/admin-key'), 'utf8')).trim();
  const remote = { MEET_SERVER: url, MEET_ADMIN_KEY: adminKey };
  const restart = () => startServe(there, ['--port', String(port)], settings);
  return { there, here, url, adminKey, remote, stop, restart };
}

/** Something that is no meet server. */
async function startOther(listener: RequestListener): Promise<string> {
  const server = createServer(listener).listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** Without what changes from run to run, and what only a server knows: who is inside. */
const plain = (text: string) =>
  text
    .replace(/#(key|invite)=[\w.-]+/g, '#$1=…')
    .replace(/\d{4}-\d\d-\d\d[T ][\d:.]+(Z| UTC)/g, 'TIME')
    .replace(/^ +inside .*$/gm, '  inside …');

const json = (text: string) => JSON.parse(plain(text));

describe('a server elsewhere', () => {
  it('is told and asked by every command as the store here is, and with the same words', async () => {
    const { there, here, remote } = await startElsewhere();
    const base = { MEET_URL: 'https://meet.example.com', TZ: 'UTC' };
    const both = async (...args: string[]) => {
      const far = await runMeet(here, args, { ...remote, TZ: 'UTC' });
      const near = await runMeet(
        there,
        args.map(arg => arg.replaceAll('far', 'near')),
        base,
      );
      const said = ({ code, stdout, stderr }: typeof far) =>
        plain(`${code} ${stdout} ${stderr}`).replaceAll('near', 'far');
      expect(said(far)).toBe(said(near));
      return far;
    };
    await both('create', '--strategy', 'team', '--id', 'far', '--hosts', 'ann', '--broadcast');
    await both(
      'create',
      '--strategy',
      'team',
      '--id',
      'far',
      '--title',
      'Far',
      '--allow',
      'ann,bob',
      '--json',
    );
    const shown = await both('show', 'team-far', '--json');
    expect(json(shown.stdout)).toMatchObject({
      url: 'https://meet.example.com/meet/team-far',
      hosts: ['ann'],
    });
    await both('show', 'team-far');
    await both('extend', 'team-far', '--by', '1h');
    await both('invite', 'team-far', '--as', 'ann,bob', '--json');
    await both('invite', 'team-far', '--as', 'ann,carol');
    await both('open', 'team-far', '--print', '--as', 'bob');
    await both('end', 'team-far');
    await both('end', 'team-far');
    await both('create', '--strategy', 'team', '--id', 'far');
    await both('create', '--strategy', 'team', '--id', 'far', '--reopen');
    await both('show', 'team-nobody');
    await both('create', '--expires-in', 'soon');
    await both('create', '--strategy', 'no-such');
    const listed = json((await runMeet(here, ['list', '--json'], remote)).stdout);
    expect(listed.map((each: { sessionId: string }) => each.sessionId).toSorted()).toEqual([
      'team-far',
      'team-near',
    ]);
  });

  it('proposes who somebody is where the emulator takes their word, which lets in nobody who was revoked', async () => {
    const { here, remote, url } = await startElsewhere();
    await runMeet(here, ['create', '--strategy', 'team', '--id', 'far'], remote);
    await runMeet(here, ['revoke', 'team-far', '--uid', 'fred'], remote);
    const { code, stdout } = await runMeet(here, ['open', 'team-far', '--print', '--as', 'fred'], remote);
    expect({ code, stdout }).toEqual({ code: 0, stdout: expect.stringContaining('?as=fred#key=') });
    expect((await runMeet(here, ['audit', '--outcome', 'ok'], remote)).stdout).not.toContain('invite');
    const post = async (path: string, body: object, token?: string) => {
      const headers = {
        'content-type': 'application/json',
        ...(token && { authorization: `Bearer ${token}` }),
      };
      const response = await fetch(url + path, { method: 'POST', headers, body: JSON.stringify(body) });
      return (await response.json()) as Record<string, string>;
    };
    const { token } = await post('/api/identity', { uid: 'fred' });
    const { key } = parseLink(stdout);
    expect(await post('/api/meetings/team-far/authorize', { key }, token)).toMatchObject({ code: 'REMOVED' });
  });

  it('makes no invite for who was revoked of a server with accounts', async () => {
    const accounts = { COMETCHAT_APP_ID: 'app1', COMETCHAT_REGION: 'us', COMETCHAT_API_KEY: 'k' };
    const { here, remote } = await startElsewhere(accounts);
    const asFred = ['open', 'team-far', '--print', '--as', 'fred'];
    await runMeet(here, ['create', '--strategy', 'team', '--id', 'far'], remote);
    const invited = await runMeet(here, asFred, remote);
    expect(invited.stdout).toContain('#invite=');
    expect(invited.stderr).toMatch(/invite +whoever has this link joins as fred/);
    await runMeet(here, ['revoke', 'team-far', '--uid', 'fred'], remote);
    expect(await runMeet(here, asFred, remote)).toMatchObject({
      code: 1,
      stdout: '',
      stderr: expect.stringContaining('meet invite team-far --as fred'),
    });
    const { stdout } = await runMeet(here, ['audit', '--meeting', 'team-far', '--json'], remote);
    const asked = stdout.split('\n').map(line => JSON.parse(line));
    expect(asked.map(({ action, outcome }) => `${action} ${outcome}`)).toEqual([
      'create ok',
      'invite ok',
      'revoke ok',
      'invite NOT_ALLOWED',
    ]);
  });

  it('makes the series of a calendar there', async () => {
    const { here, remote } = await startElsewhere();
    const args = ['create', '--strategy', 'office-hours', '--hours', 'Mon-Sun 09:00-17:00', '--ics', 'a.ics'];
    const { code, stderr } = await runMeet(here, args, { ...remote, TZ: 'UTC' });
    expect(stderr).toContain('hours');
    expect(code).toBe(0);
    const { stdout } = await runMeet(here, ['list', '--json'], remote);
    expect(JSON.parse(stdout)).toHaveLength(28);
    expect(await readFile(join(here, 'a.ics'), 'utf8')).toContain(
      'https://meet.example.com/meet/office-hours-',
    );
  });

  it('takes faults, tells what happens in a session, and makes admins', async () => {
    const { here, remote, url } = await startElsewhere();
    expect((await runMeet(here, ['fault', 'add', '--loss', '20'], remote)).stdout).toBe('f1');
    expect((await runMeet(here, ['fault', 'list'], remote)).stdout).toContain('20% loss');
    expect((await runMeet(here, ['fault', 'clear'], remote)).code).toBe(0);
    expect((await runMeet(here, ['trace', 'nobody', '--no-follow'], remote)).stderr).toContain(
      'no meeting nobody',
    );
    await runMeet(here, ['create', '--strategy', 'team', '--id', 'x'], remote);
    expect((await runMeet(here, ['trace', 'team-x', '--no-follow'], remote)).code).toBe(0);
    const { adminUrl } = json((await runMeet(here, ['admin', '--print', '--json'], remote)).stdout);
    expect(adminUrl).toMatch(new RegExp(`^${url}/#admin=`));
  });

  it('shows who asked for what as the store here does, and a typo is one there too', async () => {
    const { there, here, remote } = await startElsewhere();
    await runMeet(here, ['create', '--strategy', 'stable', '--id', 'far'], remote);
    await runMeet(here, ['end', 'nowhere'], remote);
    const both = async (...args: string[]) => {
      const far = await runMeet(here, args, { ...remote, TZ: 'UTC' });
      expect(far).toEqual(await runMeet(there, args, { TZ: 'UTC' }));
      return far;
    };
    expect((await both('audit', '--json')).stdout.split('\n')).toHaveLength(2);
    expect((await both('audit')).stdout).toMatch(/ok +create +far +admin/);
    expect((await both('audit', '--denied')).stdout).toMatch(/MEETING_NOT_FOUND +view +nowhere/);
    expect((await both('audit', '--meeting', 'far', '--outcome', 'ok', '--since', '1h')).code).toBe(0);
    expect(await both('audit', '--outcome', 'NOT_ALOWED')).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('did you mean NOT_ALLOWED?'),
    });
    expect(await both('audit', '--uid', 'nobody')).toMatchObject({ code: 0, stdout: '' });
  });

  it('is followed through a restart: said once, nothing lost and nothing twice', async () => {
    const { there, here, remote, stop, restart } = await startElsewhere();
    const create = (id: string) => runMeet(there, ['create', '--strategy', 'stable', '--id', id]);
    await create('before');
    const follower = startMeet(here, ['audit', '--follow', '--json'], remote);
    await follower.until(/Ctrl-C ends/);
    await create('with-it');
    await follower.until(/"with-it"/);
    await stop();
    await follower.until(/cannot be reached .*\. Until it answers again this waits\./);
    await create('without');
    await restart();
    await follower.until(/It answers again\./);
    await follower.until(/"without"/);
    await create('after');
    await follower.until(/"after"/);
    expect(await follower.stop('SIGINT')).toBe(0);
    const rows = follower
      .stdout()
      .trim()
      .split('\n')
      .map(line => JSON.parse(line).sessionId);
    expect(rows).toEqual(['before', 'with-it', 'without', 'after']);
    expect(follower.stderr().match(/cannot be reached/g)).toHaveLength(1);
  });

  it('that is gone from the beginning, or refuses the key, is not waited for', async () => {
    const { here, remote, stop } = await startElsewhere();
    const follow = (env: NodeJS.ProcessEnv) => runMeet(here, ['audit', '--follow'], { ...remote, ...env });
    expect(await follow({ MEET_ADMIN_KEY: 'wrong' })).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('refused the admin key'),
    });
    await stop();
    expect(await follow({})).toMatchObject({ code: 1, stderr: expect.stringContaining('cannot be reached') });
  });

  it('tells what failed of its webhooks, and tries it again when told to', async () => {
    let status = 410;
    const { url: hooks, received } = await startReceiver(response => response.writeHead(status).end());
    const { there, here, remote } = await startElsewhere({
      MEET_WEBHOOK_URL: hooks,
      MEET_WEBHOOK_SECRET: WEBHOOK_SECRET,
    });
    expect(await runMeet(here, ['webhooks'], remote)).toMatchObject({
      code: 0,
      stdout: '',
      stderr: 'No webhook failed.',
    });
    await runMeet(here, ['create', '--strategy', 'stable', '--id', 'far'], remote);
    const list = async (...args: string[]) => (await runMeet(here, ['webhooks', ...args], remote)).stdout;
    await expect
      .poll(() => list(), { timeout: 20_000 })
      .toMatch(/meeting\.created +far .*127\.0\.0\.1:\d+ +1× +given up +answered 410/);
    const [before] = [JSON.parse(await list('--json'))];
    expect((await runMeet(there, ['webhooks', '--json'])).stdout).toBe(await list('--json'));
    status = 500;
    expect(await runMeet(here, ['webhooks', '--retry'], remote)).toMatchObject({
      code: 0,
      stderr: '1 of them again, for another day.',
    });
    await expect.poll(() => received.length, { timeout: 20_000 }).toBe(2);
    await expect.poll(() => list('--json'), { timeout: 20_000 }).toContain('answered 500');
    const after = JSON.parse(await list('--json'));
    // It happened when it happened, however often it is told.
    expect([after.id, after.createdAt]).toEqual([before.id, before.createdAt]);
    expect(received[1]?.event).toEqual(received[0]?.event);
  });

  it('is named by flags too, with the key in a file', async () => {
    const { here, url, adminKey } = await startElsewhere();
    await writeFile(join(here, 'key'), `${adminKey}\n`);
    const flags = ['--server', url, '--admin-key-file', 'key'];
    expect((await runMeet(here, ['create', ...flags])).code).toBe(0);
    expect((await runMeet(here, ['list', ...flags, '--json'])).stdout).toContain('"sessionId"');
    // Nothing was made here.
    expect((await runMeet(here, ['list', '--json'])).stdout).toBe('[]');
  });
});

describe('what stands between', () => {
  const KEY = { MEET_ADMIN_KEY: 'secret-admin-key' };
  const list = async (url: string, env: NodeJS.ProcessEnv = KEY, more: string[] = []) => {
    const { folder } = await temporaryProject();
    const { code, stdout, stderr } = await runMeet(folder, ['list', '--server', url, ...more], env);
    expect(stdout).toBe('');
    expect(stderr.split('\n')).toHaveLength(1);
    expect(stderr).not.toContain('secret-admin-key');
    return { code, said: stderr };
  };

  it.each([
    ['no key', 'http://localhost:4680', {}, [], 'set MEET_ADMIN_KEY'],
    [
      'a key file that is not there',
      'http://localhost:4680',
      {},
      ['--admin-key-file', 'gone'],
      'gone cannot be read',
    ],
    [
      'a key of two lines',
      'http://localhost:4680',
      { MEET_ADMIN_KEY: 'a\nb' },
      [],
      'characters that no key has',
    ],
    ['plain http to another machine', 'http://meet.example.com', KEY, [], 'use https://meet.example.com'],
    ['a path', 'https://meet.example.com/meet', KEY, [], '--server must be the address'],
    ['a password in it', 'https://a:secret@meet.example.com', KEY, [], '--server must be the address'],
    ['no address', 'meet', KEY, [], '--server must be the address'],
  ])('exits 2 for %s', async (_, url, env, more, words) => {
    const { code, said } = await list(url, env, more);
    expect({ code, said }).toEqual({ code: 2, said: expect.stringContaining(words) });
  });

  it('goes no further than the flag allows', async () => {
    const { folder } = await temporaryProject();
    const { code, stderr } = await runMeet(folder, ['list', '--insecure']);
    expect([code, stderr]).toEqual([2, 'error: --insecure goes with --server <url>, or MEET_SERVER.']);
  });

  it("gives the environment's admin key to no address of a file, which anybody may have written", async () => {
    const { folder } = await temporaryProject();
    const seen: unknown[] = [];
    const url = await startOther(({ headers }, answer) => {
      seen.push(headers.authorization);
      answer.setHeader('content-type', 'application/json').end('{"service": "meet", "meetings": []}');
    });
    const key = { MEET_ADMIN_KEY: 'k3y-from-home' };
    await writeFile(join(folder, '.env'), `MEET_SERVER=${url}`);
    await writeFile(join(folder, 'key'), 'k3y-from-home');
    for (const more of [[], ['--admin-key-file', 'key']]) {
      expect(await runMeet(folder, ['list', ...more], key)).toMatchObject({
        code: 2,
        stderr: expect.stringContaining("MEET_SERVER stands in the project's .env"),
      });
    }
    await writeFile(join(folder, '.env'), '');
    await mkdir(join(folder, '.meet'));
    const announced = {
      pid: process.pid,
      url: 'http://localhost:1',
      local: url.replace('127.0.0.1', '0.0.0.0'),
    };
    await writeFile(join(folder, '.meet/server.json'), JSON.stringify(announced));
    const { stderr } = await runMeet(folder, ['fault', 'list'], key);
    expect([stderr, seen]).toEqual([expect.stringContaining('No server runs'), []]);
    await writeFile(join(folder, '.env'), `MEET_SERVER=${url}\nMEET_ADMIN_KEY=of-the-project`);
    expect(await runMeet(folder, ['list'])).toMatchObject({ code: 0 });
    expect(seen).toEqual(['Bearer of-the-project']);
  });

  it.each([
    ['serve', '--server'],
    ['smoke', '--server'],
    ['check', '--admin-key-file'],
  ])('%s works on this machine only', async (command, flag) => {
    const { folder } = await temporaryProject();
    const { code, stderr } = await runMeet(folder, [command, flag, 'x']);
    expect([code, stderr]).toEqual([
      2,
      expect.stringContaining(`meet ${command} works on this machine only`),
    ]);
  });

  it('says that nobody is there', async () => {
    const url = await startOther(() => {});
    const gone = new URL(url);
    gone.port = String(Number(gone.port) === 65_535 ? 65_534 : Number(gone.port) + 1);
    expect((await list(gone.origin)).said).toMatch(/cannot be reached|no meet server/);
  });

  it.each<[string, RequestListener, string]>([
    ['a page', (_, answer) => answer.setHeader('content-type', 'text/html').end('<p>'), 'no meet server'],
    ['404 and a page', (_, answer) => answer.writeHead(404).end('<p>'), 'something answers 404'],
    [
      'a redirect to https',
      (_, answer) => answer.writeHead(301, { location: 'https://meet.example.com/api/meetings' }).end(),
      'give https://meet.example.com instead',
    ],
    [
      'an older meet',
      (_, answer) =>
        answer.setHeader('content-type', 'application/json').end('{"meetings":[{"sessionId":"a"}]}'),
      'another version of meet',
    ],
    [
      'a meet without that route',
      (_, answer) =>
        answer
          .writeHead(404, { 'content-type': 'application/json' })
          .end('{"error":"There is nothing at this address.","code":"NOT_FOUND"}'),
      'of another version',
    ],
    [
      'a meet that fails',
      (_, answer) =>
        answer
          .writeHead(503, { 'content-type': 'application/json' })
          .end('{"error":"The server failed.","code":"STORE_FAILED"}'),
      'The server failed.',
    ],
  ])('exits 1 for %s, and sends the key nowhere else', async (_, listener, words) => {
    const { code, said } = await list(await startOther(listener));
    expect({ code, said }).toEqual({ code: 1, said: expect.stringContaining(words) });
  });

  it('says that the key is another one', async () => {
    const { url } = await startElsewhere();
    const { code, said } = await list(url);
    expect({ code, said }).toEqual({ code: 1, said: expect.stringContaining('refused the admin key') });
  });
});
