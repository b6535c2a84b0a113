import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parseLink } from '../../src/core/links.ts';
import { verifyInvite } from '../../src/server/tokens.ts';
import { createSandbox, type Sandbox } from './run-meet.ts';

const SECRET = 'a-secret-of-the-tests-32-characters';

let sandbox: Sandbox;

beforeEach(() => {
  sandbox = createSandbox('web');
});

afterEach(() => sandbox.remove());

const room = (...flags: string[]) => sandbox.json(['create', '--strategy', 'stable', '--id', '42', ...flags]);
const invite = (...flags: string[]) => sandbox.meet(['invite', '42', ...flags], { MEET_SECRET: SECRET });

async function readInvite(url: string) {
  const { invite: token = '' } = parseLink(url);
  return (await verifyInvite({ secret: SECRET, token, now: Date.now() })).invite;
}

describe('meet invite for several people', () => {
  it('prints a table with a link for each', async () => {
    await room('--title', 'Review');
    const { code, stdout, stderr } = await invite('--as', 'alice,bob', '--as', 'carol', '--host');
    expect(code).toBe(0);
    const [title, ...rows] = stdout.trim().split('\n');
    expect(title).toBe('UID    LINK');
    const links = rows.map(row => row.split(/ +/) as [string, string]);
    expect(links.map(([uid]) => uid)).toEqual(['alice', 'bob', 'carol']);
    for (const [uid, url] of links)
      expect(await readInvite(url)).toMatchObject({ uid, name: uid, role: 'host' });
    expect(stderr).toMatch(
      /^Invited 3 people to Review, each as host\n {2}expire {2}\S+ \S+ UTC \(in 30 d\)\n/,
    );
  });

  it('gives each a name, whatever is in it', async () => {
    await room();
    const flags = ['--as', 'alice,bob', '--name', 'Alice A.', '--name', 'Bob, the builder'];
    const { stdout } = await invite(...flags, '--json');
    const invites = JSON.parse(stdout);
    expect(invites).toEqual(
      ['Alice A.', 'Bob, the builder'].map((name, index) => ({
        url: expect.stringMatching(/#invite=/),
        uid: ['alice', 'bob'][index],
        role: 'guest',
        expiresAt: expect.stringMatching(/Z$/),
        name,
      })),
    );
    expect(await readInvite(invites[1].url)).toMatchObject({ uid: 'bob', name: 'Bob, the builder' });
    expect((await invite(...flags)).stdout).toMatch(/^UID {4}NAME {14}LINK\nalice {2}Alice A\. /);
  });

  it('keeps to the one object for one person, named or not', async () => {
    await room();
    const { stdout } = await invite('--as', 'alice', '--name', 'Alice A.', '--json');
    expect(Object.keys(JSON.parse(stdout))).toEqual(['url', 'uid', 'role', 'expiresAt']);
  });

  it('invites nobody when one of them is not on the list', async () => {
    await room('--allow', 'alice');
    const { code, stdout, stderr } = await invite('--as', 'alice,eve');
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toContain('eve is not on the list');
  });

  it.each([
    ['the same person twice', ['--as', 'alice,bob', '--as', 'alice'], 'alice is named twice'],
    ['fewer names than people', ['--as', 'alice,bob', '--name', 'Alice'], '--as names 2 and --name 1'],
    ['one clipboard for two links', ['--as', 'alice,bob', '--copy'], 'take one link'],
    ['one code for two links', ['--as', 'alice,bob', '--qr'], 'take one link'],
    ['a mail that is opened but not made', ['--as', 'alice', '--open'], 'meet open'],
    ['what is no uid', ['--as', 'alice,,bob'], 'is not a uid'],
    ['nobody', [], '--as'],
  ])('refuses %s', async (_, flags, words) => {
    await room();
    const { code, stdout, stderr } = await invite(...flags);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain(words);
    expect(stderr.trim().split('\n')).toHaveLength(1);
  });
});
