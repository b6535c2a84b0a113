import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parseLink } from '../../src/core/links.ts';
import { verifyInvite } from '../../src/server/tokens.ts';
import { createSandbox, finish, type Sandbox } from './run-meet.ts';

let sandbox: Sandbox;

beforeEach(() => {
  sandbox = createSandbox('web');
});

afterEach(() => sandbox.remove());

const together = (args: string[]) => Promise.all(Array.from({ length: 50 }, () => sandbox.meet(args)));

describe('fifty commands at once', () => {
  it('create one team meeting, also where there is no data folder yet', async () => {
    const ends = await together(['create', '--strategy', 'team', '--json']);
    expect(ends.map(end => end.code)).toEqual(Array(50).fill(0));
    const answers = ends.map(end => JSON.parse(end.stdout));
    expect(answers.filter(answer => answer.created === true)).toHaveLength(1);
    expect(answers.filter(answer => answer.created === false)).toHaveLength(49);
    expect(new Set(answers.map(answer => answer.sessionId))).toEqual(new Set(['team-web']));
    expect(new Set(answers.map(answer => answer.url)).size).toBe(1);
    expect(await sandbox.json(['list'])).toHaveLength(1);
    expect(readdirSync(join(sandbox.path, '.meet')).sort()).toEqual(['.gitignore', 'meet.db']);
  });

  it('sign with one secret', async () => {
    await sandbox.json(['create', '--strategy', 'team']);
    const ends = await together(['invite', 'team-web', '--as', 'alice']);
    const secret = readFileSync(join(sandbox.path, '.meet/secret'), 'utf8').trim();
    for (const { stdout } of ends) {
      const { invite: token = '' } = parseLink(stdout);
      const { invite } = await verifyInvite({ secret, token, now: Date.now() });
      expect(invite.uid).toBe('alice');
    }
    expect(readdirSync(join(sandbox.path, '.meet')).sort()).toEqual(['.gitignore', 'meet.db', 'secret']);
  });
});

describe('a reader that goes away', () => {
  it('is no failure', async () => {
    const child = sandbox.start(['--help']);
    child.stdout.destroy();
    expect(await finish(child)).toEqual({ code: 0, stdout: '', stderr: '' });
  });
});
