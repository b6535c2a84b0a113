import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parseLink } from '../../src/core/links.ts';
import { verifyInvite } from '../../src/server/tokens.ts';
import { createSandbox, type Sandbox } from './run-meet.ts';

const HOUR = 3_600_000;
const SECRET = 'a-secret-of-the-tests-32-characters';

let sandbox: Sandbox;

beforeEach(() => {
  sandbox = createSandbox('web');
});

afterEach(() => sandbox.remove());

const room = (id: string, ...flags: string[]) =>
  sandbox.json(['create', '--strategy', 'stable', '--id', id, ...flags]);

describe('meet list', () => {
  it('aligns its columns, the newest meeting first, and leaves out empty ones', async () => {
    await room('1', '--title', 'Zürich 東京');
    await room('a-longer-one', '--public', '--expires-in', '5h');
    const { code, stdout, stderr } = await sandbox.meet(['list']);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toBe(
      [
        'ID            TITLE         ACCESS  EXPIRES',
        'a-longer-one  a-longer-one  public  in 5 h',
        '1             Zürich 東京   link    in 30 d',
        '',
      ].join('\n'),
    );
  });

  it('has a column for starts once there is one, and tells what is over', async () => {
    await room('later', '--starts-at', '2036-01-01T00:00Z', '--allow', 'alice,bob');
    await room('over');
    await sandbox.json(['end', 'over']);
    const { stdout } = await sandbox.meet(['list']);
    expect(stdout).toMatch(/^ID {5}TITLE {2}ACCESS {6}STARTS {5}EXPIRES\n/);
    expect(stdout).toMatch(/\nover {3}over {3}link {19}ended (just now|\d+ s ago)\n/);
    expect(stdout).toMatch(/\nlater {2}later {2}alice, bob {2}in \d{4} d {2}in \d{4} d\n$/);
  });

  it('says when there are none', async () => {
    expect(await sandbox.meet(['list'])).toEqual({
      code: 0,
      stdout: '',
      stderr: 'There are no meetings yet; make one with: meet create\n',
    });
    expect(await sandbox.json(['list'])).toEqual([]);
  });

  it('prints JSON with the facts of each', async () => {
    const { created: _, ...facts } = await room('1', '--allow', 'alice');
    expect(await sandbox.json(['list'])).toEqual([
      {
        ...facts,
        state: 'open',
        allow: ['alice'],
        hosts: [],
        createdAt: expect.stringMatching(/Z$/),
        endedAt: null,
      },
    ]);
  });
});

describe('meet show', () => {
  it('prints all there is to know on stdout', async () => {
    const { url } = await room('42', '--title', 'Planning');
    const { code, stdout, stderr } = await sandbox.meet(['show', '42']);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const when = String.raw`\d{4}-\d\d-\d\d \d\d:\d\d UTC`;
    expect(stdout.split('\n')).toEqual([
      'Planning',
      url,
      '  id        42',
      '  strategy  stable',
      '  state     open',
      expect.stringMatching(new RegExp(`^ {2}expires {3}${when} \\(in 30 d\\)$`)),
      '  for       whoever has the link',
      expect.stringMatching(new RegExp(`^ {2}created {3}${when} \\((just now|\\d+ s ago)\\)$`)),
      "  inside    unknown: no server runs here, or CometChat's cloud, which tells nobody",
      '',
    ]);
  });

  it('takes the whole link too', async () => {
    const { url } = await room('42');
    expect(await sandbox.json(['show', String(url)])).toMatchObject({ sessionId: '42', url, state: 'open' });
  });
});

describe('meet extend', () => {
  it('prints the link again, and until when it works now', async () => {
    const { url, expiresAt } = await room('42', '--expires-in', '2h');
    const { code, stdout, stderr } = await sandbox.meet(['extend', '42', '--by', '3h']);
    expect({ code, stdout }).toEqual({ code: 0, stdout: `${url}\n` });
    expect(stderr).toMatch(/^Extended 42\n {2}expires {2}\S+ \S+ UTC \(in 5 h\)\n/);
    const later = await sandbox.json(['extend', '42', '--by', '1h']);
    expect(Date.parse(String(later.expiresAt)) - Date.parse(String(expiresAt))).toBe(4 * HOUR);
  });
});

describe('meet end', () => {
  it('ends a meeting, once', async () => {
    await room('42');
    expect(await sandbox.meet(['end', '42'])).toEqual({
      code: 0,
      stdout: '',
      stderr: expect.stringMatching(
        /^Ended 42; nobody can join it any more\.\n {2}inside {2}put out within a second; .*\n$/,
      ),
    });
    expect(await sandbox.meet(['end', '42'])).toEqual({
      code: 0,
      stdout: '',
      stderr: '42 was ended before; nothing changed.\n',
    });
    expect(await sandbox.json(['show', '42'])).toMatchObject({
      state: 'ended',
      endedAt: expect.stringMatching(/Z$/),
    });
  });
});

describe('meet invite', () => {
  it('prints a link that opens one meeting as one person', async () => {
    const { expiresAt } = await room('42', '--allow', 'alice');
    const args = ['invite', '42', '--as', 'alice', '--name', 'Alice A.', '--host'];
    const { code, stdout, stderr } = await sandbox.meet(args, { MEET_SECRET: SECRET });
    expect(code).toBe(0);
    expect(stderr).toMatch(/^Invited Alice A\. to 42 as host\n {2}expires {2}\S+ \S+ UTC \(in 30 d\)\n/);
    expect(stderr).toContain('whoever has this link joins as alice');
    const { sessionId, invite: token = '' } = parseLink(stdout);
    const proven = await verifyInvite({ secret: SECRET, token, now: Date.now() });
    expect(proven.invite).toEqual({
      uid: 'alice',
      name: 'Alice A.',
      role: 'host',
      sessionId,
      accessVersion: 1,
    });
    expect(proven.expiresAt).toBe(Math.floor(Date.parse(String(expiresAt)) / 1000) * 1000);
  });

  it('prints JSON as the HTTP API does', async () => {
    const { expiresAt } = await room('42');
    expect(await sandbox.json(['invite', '42', '--as', 'alice'])).toEqual({
      url: expect.stringMatching(/^http:\/\/localhost:4680\/meet\/42#invite=[\w-]+\.[\w-]+\.[\w-]+$/),
      uid: 'alice',
      role: 'guest',
      expiresAt,
    });
  });
});
