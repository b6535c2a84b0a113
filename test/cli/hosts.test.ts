import { afterAll, beforeAll, expect, it } from 'vitest';
import { createSandbox, type Sandbox } from './run-meet.ts';

let sandbox: Sandbox;

beforeAll(() => {
  sandbox = createSandbox();
});

afterAll(() => sandbox.remove());

it('hosts are named with the meeting, shown with it, and invited as what they are', async () => {
  const made = await sandbox.meet(['create', '--strategy', 'team', '--hosts', 'alice,bob']);
  expect(made).toMatchObject({ code: 0, stderr: expect.stringMatching(/hosts +alice, bob\n/) });
  expect(made.stderr).toContain('meet invite team-project --as alice');
  const shown = await sandbox.json<{ hosts: string[] }>(['show', 'team-project']);
  expect(shown.hosts).toEqual(['alice', 'bob']);
  const roles = ['alice', 'carol'].map(async uid => {
    const { role } = await sandbox.json<{ role: string }>(['invite', 'team-project', '--as', uid]);
    return role;
  });
  expect(await Promise.all(roles)).toEqual(['host', 'guest']);
  const bad = await sandbox.meet(['create', '--hosts', 'alice,b b']);
  expect(bad).toMatchObject({ code: 2, stderr: expect.stringContaining('is not a uid') });
});
