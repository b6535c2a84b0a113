import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type RunningServer, startServer } from '../../src/cli/compose.ts';
import { createSandbox, type Sandbox } from './run-meet.ts';

let idle: Sandbox;
let sandbox: Sandbox;
let server: RunningServer;

beforeAll(async () => {
  idle = createSandbox();
  sandbox = createSandbox();
  server = await startServer({
    dataDir: `${sandbox.path}/.meet`,
    projectDir: sandbox.path,
    env: {},
    port: 0,
  });
});
afterAll(async () => {
  await server.stop();
  sandbox.remove();
  idle.remove();
});

const fault = (...args: string[]) => sandbox.meet(['fault', ...args]);
const add = (...args: string[]) => sandbox.json(['fault', 'add', ...args]);

describe('meet fault add', () => {
  it('prints the id on stdout, and in words what it did', async () => {
    const { code, stdout, stderr } = await fault(
      'add',
      'team-web',
      ...['--uid', 'alice', '--direction', 'up', '--loss', '20%', '--delay', '100ms'],
    );
    const id = stdout.trim();
    expect({ code, id }).toEqual({ code: 0, id: expect.stringMatching(/^f\d+$/) });
    expect(stderr).toBe(
      [
        'On: 20% loss, 100 ms delay',
        '  for        alice in team-web',
        '  direction  up (to the bridge)',
        `  ends       when cleared: meet fault clear ${id}`,
        '',
      ].join('\n'),
    );
  });

  it.each([
    ['--loss', '120', 'Give a number from 0 to 100'],
    ['--loss', '-5', 'Give a number from 0 to 100'],
    ['--direction', 'sideways', 'Give up, down or both'],
    ['--socket', 'broken', 'Give clean or dead'],
    ['--sockets', 'some', 'Give signalling, channel or all'],
    ['--expire-tokens', 'xyz', 'Give call or auth'],
    ['--status', '200', 'Give a number from 400 to 599'],
  ])('refuses %s %s by its name, and says what fits', async (flag, value, advice) => {
    const { code, stderr } = await fault('add', 'team-web', flag, value);
    expect(code).toBe(2);
    expect(stderr).toContain(flag);
    expect(stderr).toContain(advice);
  });

  it('says of a counted fault after how many requests it ends', async () => {
    const { stdout, stderr } = await fault(
      'add',
      '--rest',
      '*',
      '--status',
      '500',
      '--slow',
      '2s',
      '--times',
      '2',
    );
    expect(stderr).toBe(
      [
        'On: REST answers 500, 2 s late, 2 times',
        '  for   everybody in every session',
        `  ends  after 2 requests, or when cleared: meet fault clear ${stdout.trim()}`,
        '',
      ].join('\n'),
    );
  });

  it.each<[string[], object]>([
    [
      ['daily', '--jitter', '30ms', '--reorder', '--bandwidth', '300k', '--for', '1m'],
      { kind: 'network', sessionId: 'daily', jitterMs: 30, reorder: true, bitsPerSecond: 300_000 },
    ],
    [['--outage', '7s', '--direction', 'down'], { kind: 'outage', direction: 'down', sessionId: null }],
    [
      ['http://localhost:4680/meet/daily#key=secret', '--socket', 'dead', '--sockets', 'all', '--for', '9s'],
      { kind: 'socket', how: 'dead', which: 'all', sessionId: 'daily' },
    ],
    [
      [
        '--rest',
        'POST /v3.0/call_tokens',
        '--status',
        '503',
        '--code',
        'ERR_X',
        '--slow',
        '2s',
        '--times',
        '3',
      ],
      { kind: 'rest', route: 'POST /v3.0/call_tokens', status: 503, code: 'ERR_X', slowMs: 2000, times: 3 },
    ],
    [['--rest', '*', '--slow', '2s'], { kind: 'rest', route: null, status: null }],
    [['--expire-tokens'], { kind: 'tokens', which: 'call' }],
    [['--expire-tokens', 'auth', '--uid', 'bob'], { kind: 'tokens', which: 'auth', uid: 'bob' }],
    [['--refuse-bridge'], { kind: 'bridge' }],
  ])('%j turns on %j', async (args, expected) => {
    expect(await add(...args)).toMatchObject(expected);
  });

  it('says of a cut that does not last that it is done', async () => {
    const { stderr } = await fault('add', 'daily', '--socket', 'clean');
    expect(stderr).toBe('Done: signalling socket cut\n  for  everybody in daily\n');
  });

  it.each<[string[], string]>([
    [['add'], 'What should go wrong?'],
    [['add', '--loss', 'much'], 'Give a number from 0 to 100'],
    [['add', '--delay', '100'], '"100" is not a duration'],
    [['add', '--status', '500'], "--status goes with --rest <route>, or --rest '*' for all."],
    [['add', '--rest', 'GET /v3.0/call_token', '--status', '500'], 'did you mean GET /v3.0/call_tokens?'],
    [['add', '--lost', '20'], "unknown option '--lost' (Did you mean --loss?)"],
    [['lst'], "unknown command 'lst' (Did you mean list?)"],
  ])('%j is wrong usage: exit 2, one line', async (args, message) => {
    const { code, stdout, stderr } = await fault(...args);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain(message);
    expect(stderr).toMatch(/^error: [^\n]+\n$/);
  });
});

describe('meet fault list and clear', () => {
  it('show what is on, take one back, then all', async () => {
    await fault('clear');
    expect(await fault('list')).toMatchObject({
      code: 0,
      stdout: '',
      stderr: 'Nothing goes wrong on purpose; make it with: meet fault add\n',
    });
    const { id } = await add('daily', '--uid', 'alice', '--loss', '20', '--direction', 'up', '--for', '1h');
    await add('--rest', 'POST /v3.0/call_tokens', '--status', '500', '--times', '1');
    await add('--bandwidth', '1.5M');
    const { stdout } = await fault('list');
    expect(stdout.replace(/^(ID|f\d+) +/gm, '')).toBe(
      [
        'FAULT                                     WAY   WHO        SESSION  ENDS',
        '20% loss                                  up    alice      daily    in 60 min',
        'POST /v3.0/call_tokens answers 500, once        everybody  every',
        'at most 1.5 Mbit/s                        both  everybody  every',
        '',
      ].join('\n'),
    );
    expect(await fault('clear', String(id))).toMatchObject({
      code: 0,
      stdout: '',
      stderr: `Cleared ${id}\n`,
    });
    expect(await sandbox.json<object[]>(['fault', 'list'])).toHaveLength(2);
    expect(await sandbox.json(['fault', 'clear'])).toEqual({ cleared: 2 });
    expect((await fault('clear')).stderr).toBe('There was nothing to clear.\n');
  });

  it('of one that is not there exits with 1', async () => {
    expect(await fault('clear', 'f999')).toMatchObject({
      code: 1,
      stderr: 'error: There is no fault f999; it may be over. See those there are with: meet fault list\n',
    });
  });
});

it.each([['add', '--loss', '5'], ['list'], ['clear']])(
  'meet fault %s without a server exits with 1 and says how to start one',
  async (...args) => {
    expect(await idle.meet(['fault', ...args])).toEqual({
      code: 1,
      stdout: '',
      stderr:
        'error: No server runs for this project; start one first with: meet serve, or name one: --server <url>\n',
    });
  },
);

it('meet fault alone prints its help on stderr and exits with 2', async () => {
  const { code, stdout, stderr } = await fault();
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  expect(stderr).toContain('clear [options] [id]');
});
