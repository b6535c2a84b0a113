import { userInfo } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { createAuditIds, toRecord } from '../../src/core/audit.ts';
import { openStore } from '../../src/store/store.ts';
import { startReceiver, WEBHOOK_SECRET } from '../server/webhooks/receiver.ts';
import { createSandbox, type Sandbox } from './run-meet.ts';
import { startMeet } from './server-process.ts';

let sandbox: Sandbox;

beforeAll(async () => {
  sandbox = createSandbox();
  const made = ['create', '--strategy', 'stable', '--id', '42', '--prefix', 'room'];
  for (const args of [
    made,
    ['extend', 'room-42', '--by', '1h'],
    ['invite', 'room-42', '--as', 'bob'],
    ['end', 'room-42'],
    [...made, '--reopen'],
  ])
    expect((await sandbox.meet(args)).code).toBe(0);
  const file = join(sandbox.path, '.meet', 'meet.db');
  const store = await openStore({ file });
  const at = Date.now();
  const entry = {
    action: 'token',
    outcome: 'NOT_ALLOWED',
    sessionId: 'room-43',
    uid: 'mallory',
    name: '\u001b[2J\u009b31mred\u202egnp',
    proof: 'claimed',
    address: '10.0.0.9',
    detail: 'The key in the link is wrong.',
  } as const;
  const record = { ...toRecord(entry, createAuditIds('abcdefgh')(at), at), count: 12 };
  await store.audit.add({ records: [record], repeats: new Map(), messages: [] });
  await store.close();
});

afterAll(() => sandbox.remove());

const me = `${userInfo().username}@cli`;

async function rows(...flags: string[]) {
  const { code, stdout } = await sandbox.meet(['audit', '--json', ...flags]);
  expect(code).toBe(0);
  return stdout
    .split('\n')
    .filter(Boolean)
    .map(line => JSON.parse(line));
}

describe('meet audit', () => {
  it('tells what the commands did, the newest last, as JSON lines', async () => {
    const done = (await rows('--meeting', 'room-42')).map(({ action, outcome, uid }) => [
      action,
      outcome,
      uid,
    ]);
    expect(done).toEqual(['create', 'patch', 'invite', 'end', 'create'].map(action => [action, 'ok', me]));
  });

  it.each([
    [['--denied'], 1],
    [['--uid', 'mallory'], 1],
    [['--outcome', 'NOT_ALLOWED'], 1],
    [['--outcome', 'denied'], 1],
    [['--outcome', 'ok'], 5],
    [['--limit', '2'], 2],
    [['--since', '1h'], 6],
    [['--until', '1h'], 0],
    [['--meeting', 'http://localhost:4680/meet/room-43'], 1],
  ])('finds by %j', async (flags, count) => {
    expect(await rows(...flags)).toHaveLength(count);
  });

  it('shows a table, in which a hostile name does nothing to the terminal', async () => {
    const { stdout } = await sandbox.meet(['audit', '--denied']);
    const [titles = '', row = ''] = stdout.split('\n');
    expect(titles).toMatch(/^WHEN \(.+\) +ANSWER +ASKED +MEETING +WHO +FROM +WHY$/);
    expect(row).toMatch(
      /NOT_ALLOWED ×12 +token +room-43 +\ufffd\[2J\ufffd31mred\ufffdgnp \(mallory\?\) +10\.0\.0\.9 +The key/,
    );
    const harmfulIn = (text: string) =>
      [...text.replaceAll('\n', '')].filter(letter => /\p{Cc}|\u202e/u.test(letter));
    expect(harmfulIn(stdout)).toEqual([]);
    expect(harmfulIn((await sandbox.meet(['audit', '--denied', '--json'])).stdout)).toEqual([]);
  });

  it('tells a meeting that was brought back from one that was there', async () => {
    const [first, , , , last] = await rows('--meeting', 'room-42');
    expect([first.detail, last.detail]).toEqual(['new, access link', 'reopened, access link']);
  });

  it('says so when there is nothing', async () => {
    const { code, stdout, stderr } = await sandbox.meet(['audit', '--uid', 'nobody']);
    expect({ code, stdout, stderr }).toEqual({
      code: 0,
      stdout: '',
      stderr: 'Nothing of that kind was asked.\n',
    });
  });

  it.each([
    [['--since', 'yesterday'], /not a duration/],
    [['--limit', '0'], /--limit/],
    [['--denied', '--outcome', 'ok'], /--denied, for all refusals, or --outcome/],
    [['--outcome', 'denid'], /no outcome "denid"; did you mean denied\?/],
    [['--outcome', 'NOT_ALOWED'], /did you mean NOT_ALLOWED\?/],
    [['--outcome', 'not_allowed'], /did you mean NOT_ALLOWED\?/],
    [['--outcome', 'OK'], /did you mean ok\?/],
    [['--outcome', 'NOTHING_OF_THE_KIND'], /ask for ok, denied, or a code like NOT_ALLOWED/],
    [['--follow', '--outcome', 'REMOVD'], /did you mean REMOVED\?/],
    [['--colour'], /unknown option/],
  ])('refuses %j', async (flags, words) => {
    const { code, stderr } = await sandbox.meet(['audit', ...flags]);
    expect(code).toBe(2);
    expect(stderr).toMatch(words);
  });

  it('follows with dates, and under the same titles whatever comes', async () => {
    const old = createSandbox();
    onTestFinished(() => old.remove());
    expect((await old.meet(['create', '--strategy', 'stable', '--id', 'a'])).code).toBe(0);
    const store = await openStore({ file: join(old.path, '.meet', 'meet.db') });
    const at = Date.UTC(2026, 0, 2, 3, 4, 5);
    const entry = { action: 'token', outcome: 'NOT_ALLOWED', sessionId: 'room-43', uid: 'bob' } as const;
    const records = [toRecord(entry, createAuditIds('abcdefgh')(at), at)];
    await store.audit.add({ records, repeats: new Map(), messages: [] });
    await store.close();
    const follower = startMeet(old.path, ['audit', '--follow'], { TZ: 'UTC' });
    await follower.until(/Ctrl-C ends/);
    const long = `long-${'x'.repeat(30)}`;
    for (const id of [long, 'b'])
      expect((await old.meet(['create', '--strategy', 'stable', '--id', id])).code).toBe(0);
    await follower.until(/ b /);
    expect(await follower.stop('SIGINT')).toBe(0);
    const [titles = '', first, ...lines] = follower.stdout().trimEnd().split('\n');
    expect(titles).toMatch(/^WHEN \(UTC\) +ANSWER +ASKED +MEETING +WHO +FROM/);
    expect(first).toMatch(/^2026-01-02 03:04:05 {2}NOT_ALLOWED +token +room-43 +bob\?/);
    expect(lines).toHaveLength(3);
    const column = (line: string, word: string) => line.indexOf(word);
    for (const line of lines) {
      expect(line).toMatch(/^20\d\d-\d\d-\d\d \d\d:\d\d:\d\d {2}ok /);
      expect(column(line, 'create')).toBe(column(titles, 'ASKED'));
    }
    // Grown once for the long one, and kept.
    expect(column(lines[2] ?? '', '@cli')).toBe(column(lines[1] ?? '', '@cli'));
  });

  it('follows until it is stopped', async () => {
    const follower = startMeet(sandbox.path, ['audit', '--follow', '--json', '--limit', '1']);
    await follower.until(/Ctrl-C ends/);
    expect((await sandbox.meet(['create', '--strategy', 'stable', '--id', 'followed'])).code).toBe(0);
    await follower.until(/"sessionId":"followed"/);
    expect(await follower.stop('SIGINT')).toBe(0);
    expect(follower.stdout().match(/"sessionId":"followed"/g)).toHaveLength(1);
  });
});

describe('meet webhooks', () => {
  it('has nothing to tell where nothing failed', async () => {
    const { code, stderr } = await sandbox.meet(['webhooks']);
    expect({ code, stderr }).toEqual({ code: 0, stderr: 'No webhook failed.\n' });
  });

  it('tells what failed and why, and a server delivers what a command announced once it is told to', async () => {
    let status = 410;
    const { url, received } = await startReceiver(response => response.writeHead(status).end());
    const env = { MEET_WEBHOOK_URL: url, MEET_WEBHOOK_SECRET: WEBHOOK_SECRET };
    // Only the server knows whom to tell.
    expect((await sandbox.meet(['create', '--strategy', 'stable', '--id', 'hooked'])).code).toBe(0);
    const server = startMeet(sandbox.path, ['serve', '--port', '0'], env);
    const ofHooked = () => received.filter(({ event }) => event.data.sessionId === 'hooked');
    await expect.poll(() => ofHooked().length).toBe(1);
    await expect
      .poll(async () => (await sandbox.meet(['webhooks'])).stdout)
      .toMatch(/meeting\.created +hooked .*127\.0\.0\.1:\d+ +1× +given up +answered 410/);
    status = 204;
    expect((await sandbox.meet(['webhooks', '--retry'])).stderr).toMatch(
      /\d of them again, for another day\./,
    );
    await expect.poll(() => ofHooked().length).toBe(2);
    expect(ofHooked()[1]?.event).toEqual(ofHooked()[0]?.event);
    // While the server runs too.
    expect((await sandbox.meet(['end', 'hooked'])).code).toBe(0);
    await expect.poll(() => ofHooked().map(({ event }) => event.type)).toContain('meeting.ended');
    expect(await server.stop('SIGTERM')).toBe(0);
  });
});

describe('a server that is killed', () => {
  it('has the row of every token that it gave', async () => {
    const server = startMeet(sandbox.path, ['serve', '--port', '0', '--json']);
    const { local } = JSON.parse((await server.until(/"url":.*\n/)).split('\n')[0] ?? '');
    await sandbox.meet(['create', '--strategy', 'stable', '--id', 'lobby', '--public']);
    const ask = async (path: string, body: object, token?: string) => {
      const headers = {
        'content-type': 'application/json',
        ...(token && { authorization: `Bearer ${token}` }),
      };
      return (await fetch(local + path, { method: 'POST', headers, body: JSON.stringify(body) })).json();
    };
    const uids = Array.from({ length: 20 }, (_, i) => `visitor-${i}`);
    const tokens = await Promise.all(
      uids.map(async uid => (await ask('/api/identity', { uid })) as { token: string }),
    );
    await Promise.all(
      tokens.map(async ({ token }) => {
        const { authToken } = (await ask('/api/meetings/lobby/token', {}, token)) as { authToken?: string };
        expect(authToken).toBeTruthy();
      }),
    );
    server.child.kill('SIGKILL');
    expect(await server.exit).toBeNull();
    const given = (await rows('--meeting', 'lobby', '--limit', '1000')).filter(
      ({ action }) => action === 'token',
    );
    expect(given.map(({ uid }) => uid).sort()).toEqual(uids.sort());
  });
});
