import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startServer } from '../../src/cli/compose.ts';
import { createSandbox, type Sandbox } from './run-meet.ts';

let sandbox: Sandbox;

beforeEach(() => {
  sandbox = createSandbox('web');
});
afterEach(() => sandbox.remove());

const room = (...flags: string[]) => sandbox.json(['create', '--strategy', 'stable', '--id', '42', ...flags]);

describe('taking access back', () => {
  it('kicks, and says how to do it for good', async () => {
    await room();
    const { code, stdout, stderr } = await sandbox.meet(['kick', '42', '--uid', 'alice']);
    expect({ code, stdout }).toEqual({ code: 0, stdout: '' });
    expect(stderr).toMatch(/^Kicked alice from 42\n/);
    expect(stderr).toContain('by a new invite, or by the link, also under another name');
    expect(stderr).toContain('meet revoke 42 --uid alice, and meet rotate 42');
  });

  it('revokes the last on a list, who comes again once listed and invited', async () => {
    await room('--allow', 'alice');
    expect(await sandbox.json(['revoke', '42', '--uid', 'Alice'])).toMatchObject({ uid: 'Alice', allow: [] });
    expect((await sandbox.meet(['show', '42'])).stdout).toContain('nobody: the last on its list was revoked');
    expect((await sandbox.meet(['invite', '42', '--as', 'alice'])).code).toBe(1);
    await room('--allow', 'alice');
    expect((await sandbox.meet(['invite', '42', '--as', 'alice'])).code).toBe(0);
  });

  it('prints the new link, and until when the old one works', async () => {
    const { url } = await room();
    const rotated = await sandbox.json(['rotate', '42', '--grace', '10m']);
    expect(rotated.url).toMatch(/#key=.{21}$/);
    expect(rotated.url).not.toBe(url);
    expect(rotated.oldLinkUntil).toMatch(/Z$/);
    expect(await sandbox.json(['rotate', '42'])).toMatchObject({ oldLinkUntil: null });
    const both = await sandbox.meet(['rotate', '42', '--grace', '10m', '--put-out']);
    expect([both.code, both.stderr]).toEqual([2, expect.stringContaining('either a grace or --put-out')]);
  });

  it('does the same at a server elsewhere, which says how many it put out', async () => {
    const [dataDir, projectDir] = [`${sandbox.path}/elsewhere`, sandbox.path];
    const server = await startServer({ dataDir, projectDir, env: {}, port: 0 });
    const there = { MEET_SERVER: server.local, MEET_ADMIN_KEY: server.adminKey };
    try {
      const { url } = await sandbox.json(['create', '--strategy', 'stable', '--id', '42'], there);
      for (const how of ['kick', 'revoke'])
        expect(await sandbox.json([how, '42', '--uid', 'bob'], there)).toMatchObject({
          uid: 'bob',
          putOut: 0,
        });
      const rotated = await sandbox.json(['rotate', '42', '--grace', '10m'], there);
      expect(rotated).toMatchObject({ putOut: 0, oldLinkUntil: expect.stringMatching(/Z$/) });
      expect(rotated.url).not.toBe(url);
      expect((await sandbox.meet(['end', '42'], there)).stderr).toContain('inside  nobody was');
    } finally {
      await server.stop();
    }
  });
});
