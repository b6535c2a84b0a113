import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { describeEvent } from '../../src/cli/trace-words.ts';
import { runMeet, startMeet, startServe, temporaryProject } from './server-process.ts';

// Whole processes, beside whatever else the machine is busy with.
vi.setConfig({ testTimeout: 30_000 });

async function post(url: string, headers: Record<string, string>, body: object) {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });
  // biome-ignore lint/suspicious/noExplicitAny: each test states the shape it expects.
  return (await response.json()) as any;
}

/** What an own app does up to its call token, in a session of its own. */
async function callTokenOf(folder: string, url: string, sessionId: string): Promise<string> {
  const { apiKey } = JSON.parse(await readFile(join(folder, '.meet', 'emulator-keys.json'), 'utf8'));
  const login = await post(`${url}/cometchat/v3/users/cometchat-uid-1/auth_tokens`, { apikey: apiKey }, {});
  const { authToken } = login.data;
  return (await post(`${url}/cometchat/v3.0/call_tokens`, { authtoken: authToken }, { sessionId })).data
    .token;
}

const eventsIn = (text: string) =>
  text
    .split('\n')
    .filter(line => line.startsWith('{'))
    .map(line => JSON.parse(line));

describe('meet serve --trace', () => {
  it('tells what happens, a line of JSON per event, on stderr and without a token', async () => {
    const { folder } = await temporaryProject();
    const { url, until, stdout, stderr } = await startServe(folder, ['--trace']);
    const token = await callTokenOf(folder, url, 'own-app');
    await until(/"session":"own-app"/);
    expect(stdout()).toBe(`${url}\n`);
    expect(eventsIn(stderr()).at(-1)).toMatchObject({
      session: 'own-app',
      kind: 'rest',
      who: 'cometchat-uid-1',
    });
    expect(stderr()).not.toContain(token);
  });

  it('writes them into a file for the user’s eyes only, behind what is there', async () => {
    const { folder } = await temporaryProject();
    const file = join(folder, 'trace.jsonl');
    for (const session of ['first', 'second']) {
      const { url, stop, stderr } = await startServe(folder, ['--trace', file]);
      await callTokenOf(folder, url, session);
      await expect.poll(() => readFile(file, 'utf8')).toContain(`"session":"${session}"`);
      expect(await stop()).toBe(0);
      expect(stderr()).not.toContain('"kind"');
    }
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    const sessions = eventsIn(await readFile(file, 'utf8')).map(event => event.session);
    expect(sessions.filter(Boolean)).toEqual(['first', 'second']);
  });

  it.each([
    ['a file where there can be none', ['--trace', './nowhere/trace.jsonl'], {}, /nowhere.*ENOENT/],
    [
      'the cloud',
      ['--trace'],
      { COMETCHAT_APP_ID: 'a', COMETCHAT_REGION: 'eu', COMETCHAT_API_KEY: 'k' },
      /--trace/,
    ],
  ])('exits with 2 and one line for %s', async (_, args, env, fix) => {
    const { folder } = await temporaryProject();
    const { code, stderr } = await runMeet(folder, ['serve', '--port', '0', ...args], env);
    expect({ code, lines: stderr.split('\n').length }).toEqual({ code: 2, lines: 1 });
    expect(stderr).toMatch(fix);
  });
});

describe('meet trace', () => {
  it('follows a session of the running server, also one that is no meeting, until the server ends', async () => {
    const { folder } = await temporaryProject();
    const { url, stop } = await startServe(folder);
    await callTokenOf(folder, url, 'own-app');
    const trace = startMeet(folder, ['trace', 'own-app']);
    await trace.until(/"session":"own-app"/);
    await callTokenOf(folder, url, 'own-app');
    await expect.poll(() => eventsIn(trace.stdout()).length).toBe(2);
    expect(await stop()).toBe(0);
    expect(await trace.exit).toBe(0);
    expect(trace.stderr()).toContain('The server ended it.');
  });

  it('prints what is known with --no-follow, for a link too', async () => {
    const { folder } = await temporaryProject();
    const { url } = await startServe(folder);
    await callTokenOf(folder, url, 'own-app');
    const { code, stdout, stderr } = await runMeet(folder, [
      'trace',
      `${url}/meet/own-app#key=k`,
      '--no-follow',
    ]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(JSON.parse(stdout)).toMatchObject({ kind: 'rest', who: 'cometchat-uid-1', status: 200 });
  });

  it.each([[[]], [['--no-follow']]])(
    'ends with one line for what is neither a meeting nor a session, with %j',
    async flags => {
      const { folder } = await temporaryProject();
      await startServe(folder);
      expect(await runMeet(folder, ['trace', 'nope', ...flags])).toEqual({
        code: 1,
        stdout: '',
        stderr:
          'error: There is no meeting nope, and nothing has happened in a session of that name; see the meetings with: meet list',
      });
    },
  );

  it('waits in a meeting in which nothing has happened yet', async () => {
    const { folder } = await temporaryProject();
    await startServe(folder);
    await runMeet(folder, ['create', '--strategy', 'team', '--id', 'quiet']);
    const { code, stderr } = await runMeet(folder, ['trace', 'team-quiet', '--no-follow']);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const trace = startMeet(folder, ['trace', 'team-quiet']);
    await trace.until(/What happens in team-quiet/);
    await trace.stop('SIGTERM');
  });

  it('says how to start a server where none runs', async () => {
    const { folder } = await temporaryProject();
    const { code, stderr } = await runMeet(folder, ['trace', 'team']);
    expect({ code, lines: stderr.split('\n').length }).toEqual({ code: 1, lines: 1 });
    expect(stderr).toContain('meet serve');
  });
});

describe('an event for people', () => {
  const plain = (_style: string, text: string) => text;
  const event = {
    seq: 7,
    at: '2026-11-20T15:04:05.123Z',
    session: 'team',
    kind: 'layer',
    who: 'alice',
    endpoint: 'a1',
  };

  it('is a line: when, what, who, and its details', () => {
    const layer = { ...event, state: 'sent', track: 'b2-v0', layer: 2, height: 720 };
    expect(describeEvent(layer, plain)).toBe(
      '15:04:05.123  layer        alice         sent · b2-v0 · layer 2 · height 720',
    );
  });

  it('shows lists and objects as words, and nothing where there is nothing', () => {
    expect(describeEvent({ ...event, added: ['a-v0', 'a-a0'], heights: { 'a-v0': 360 } }, plain)).toMatch(
      /added a-v0, a-a0 · heights a-v0=360$/,
    );
    expect(describeEvent({ at: event.at, kind: 'leave' }, plain)).toBe('15:04:05.123  leave');
  });
});
