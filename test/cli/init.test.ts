import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createSandbox, type Sandbox } from './run-meet.ts';

const MANIFEST = '{\n  "dependencies": {\n    "express": "^5.0.0",\n    "vue": "^3.0.0"\n  }\n}\n';

let sandbox: Sandbox;

beforeEach(() => {
  sandbox = createSandbox('my web app');
  writeFileSync(join(sandbox.path, 'package.json'), MANIFEST);
});

afterEach(() => sandbox.remove());

describe('meet init web', () => {
  it('shows the diff, writes it, and says what is left; the second time there is nothing', async () => {
    const first = await sandbox.meet(['init', 'web']);
    expect(first.code).toBe(0);
    expect(first.stdout).toContain('--- /dev/null\n+++ b/src/meet/CallRoom.vue\n');
    expect(first.stdout).toContain('+    "@cometchat/calls-sdk-javascript": "^5.0.4",\n     "express"');
    expect(first.stderr).toMatch(/^14 files written\n\nNext:\n {2}npm install\n/);
    expect(existsSync(join(sandbox.path, 'server/meetings/routes.mjs'))).toBe(true);
    const second = await sandbox.meet(['init', 'web']);
    expect(second).toMatchObject({ code: 0, stdout: '' });
    expect(second.stderr).toContain('nothing to write: all of it is there');
  });

  it('writes nothing with --dry-run', async () => {
    const { code, stdout, stderr } = await sandbox.meet(['init', 'web', '--dry-run']);
    expect([code, stderr]).toEqual([0, '14 files would be written; leave out --dry-run to do it\n']);
    expect(stdout).toContain('+++ b/src/meet/CallRoom.vue');
    expect(existsSync(join(sandbox.path, 'src'))).toBe(false);
    expect(readFileSync(join(sandbox.path, 'package.json'), 'utf8')).toBe(MANIFEST);
  });

  it('names what it kept, and writes it anew with --force', async () => {
    await sandbox.meet(['init', 'web']);
    const file = join(sandbox.path, 'src/meet/call-room.css');
    const ours = readFileSync(file, 'utf8');
    writeFileSync(file, 'body {}\n');
    const kept = await sandbox.meet(['init', 'web']);
    expect(kept.stderr).toContain(
      'kept src/meet/call-room.css, which was changed by hand; --force writes it anew',
    );
    expect(readFileSync(file, 'utf8')).toBe('body {}\n');
    await sandbox.meet(['init', 'web', '--force']);
    expect(readFileSync(file, 'utf8')).toBe(ours);
  });

  it('tells all of it as JSON, of another folder too', async () => {
    const parent = join(sandbox.path, 'parent');
    mkdirSync(parent);
    const told = await sandbox.json<{ files: object[] }>(['init', 'web', '..'], {}, 'parent');
    expect(told).toMatchObject({ written: true, kept: [], steps: expect.arrayContaining(['npm install']) });
    expect(told.files).toContainEqual({ path: 'package.json', is: 'changed' });
    expect(told.files).toContainEqual({ path: 'src/meet/CallRoom.vue', is: 'new' });
    expect(await sandbox.json(['init', 'web'])).toMatchObject({ written: false, files: [] });
  });

  it.each([
    [['init', 'web', 'nowhere'], /^error: There is no .*nowhere; name your project's folder\.\n$/],
    [['init', 'web', 'package.json'], /^error: .*package\.json is a file; name your project's folder\.\n$/],
    [
      ['init', 'web', '--framework', 'angular'],
      /Give react, vue, svelte or vanilla.*see meet init web --help\n$/,
    ],
    [['init', 'web', '--server', 'next'], /^error: There is neither app\/ nor src\/app\//],
  ])('refuses %j in a line, with exit code 2', async (args, message) => {
    const { code, stdout, stderr } = await sandbox.meet(args);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(message);
  });

  it('refuses what is no app', async () => {
    rmSync(join(sandbox.path, 'package.json'));
    expect(await sandbox.meet(['init', 'web'])).toEqual({
      code: 2,
      stdout: '',
      stderr: 'error: There is no package.json here; name the folder of your web app.\n',
    });
  });
});
