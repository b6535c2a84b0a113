import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createSandbox, type Sandbox } from './run-meet.ts';

// A run without a browser is a whole run that fails at once: what is looked at here is how it is told.
const NO_BROWSER = ['smoke', '--browser', '/no/such/browser'];

let sandbox: Sandbox;

beforeAll(() => {
  sandbox = createSandbox();
});

afterAll(() => sandbox.remove());

const read = (name: string) => readFileSync(join(sandbox.path, name), 'utf8');

describe('meet smoke', () => {
  it('writes JUnit XML also when it failed, with its folder', async () => {
    const { code } = await sandbox.meet([...NO_BROWSER, '--junit', 'out/deep/smoke.xml']);
    expect(code).toBe(10);
    expect(read('out/deep/smoke.xml')).toMatch(
      /<failure message="There is no browser at .* \(exit code 10\)"/,
    );
  });

  it('writes all of many runs', async () => {
    await sandbox.meet([...NO_BROWSER, '--repeat', '2', '--junit', 'many.xml']);
    expect(read('many.xml').match(/<testsuite /g)).toHaveLength(2);
  });

  it('prints TAP on standard output and nothing beside it', async () => {
    const { code, stdout, stderr } = await sandbox.meet([...NO_BROWSER, '--tap']);
    expect({ code, stderr }).toEqual({ code: 10, stderr: '' });
    expect(stdout).toMatch(/^TAP version 14\n1\.\.1\nnot ok 1 - browser\n {2}---\n/);
  });

  it.each([
    ['--json and --tap', ['--json', '--tap'], '--json and --tap both want standard output'],
    ['a folder for a file', ['--junit', '.'], '--junit . cannot be written (EISDIR)'],
    [
      'a file for a folder',
      ['--junit', 'package.json/x.xml'],
      '--junit package.json/x.xml cannot be written (',
    ],
    [
      'a place that takes no file',
      ['--junit', '/proc/smoke.xml'],
      '--junit /proc/smoke.xml cannot be written (',
    ],
  ])('refuses %s before anything runs', async (_, flags, words) => {
    writeFileSync(join(sandbox.path, 'package.json'), '{}');
    const { code, stdout, stderr } = await sandbox.meet([...NO_BROWSER, ...flags]);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(/^error: [^\n]+\n$/);
    expect(stderr).toContain(words);
  });

  it('leaves no older result behind that could pass for its own', async () => {
    writeFileSync(join(sandbox.path, 'old.xml'), 'of yesterday');
    await sandbox.meet([...NO_BROWSER, '--junit', 'old.xml']);
    expect(read('old.xml')).not.toContain('yesterday');
  });
});

describe('meet smoke on GitHub', () => {
  const env = (summary: string) => ({
    GITHUB_ACTIONS: 'true',
    GITHUB_STEP_SUMMARY: join(sandbox.path, summary),
  });

  it('annotates on standard error and adds to the summary of the step', async () => {
    writeFileSync(join(sandbox.path, 'summary.md'), 'of the step before\n');
    const { stdout, stderr } = await sandbox.meet([...NO_BROWSER, '--json'], env('summary.md'));
    expect(JSON.parse(stdout)).toMatchObject({ exitCode: 10 });
    expect(stderr).toMatch(/^::error title=meet smoke%3A browser \(exit code 10\)::There is no browser at/m);
    expect(read('summary.md')).toMatch(/^of the step before\n## ❌ meet smoke failed .*\(exit code 10\)/);
  });

  it('says when the summary cannot be written, and keeps the exit code of the run', async () => {
    const { code, stderr } = await sandbox.meet(NO_BROWSER, env('no/such/folder.md'));
    expect(code).toBe(10);
    expect(stderr).toMatch(/^error: ENOENT.*folder\.md/m);
  });

  it('says nothing of this elsewhere', async () => {
    const { stderr } = await sandbox.meet(NO_BROWSER, { GITHUB_STEP_SUMMARY: join(sandbox.path, 'none.md') });
    expect([stderr.includes('::error'), existsSync(join(sandbox.path, 'none.md'))]).toEqual([false, false]);
  });
});
