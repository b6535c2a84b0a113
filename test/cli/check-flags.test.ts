import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it, onTestFinished } from 'vitest';

const MEET = fileURLToPath(new URL('../../bin/meet.js', import.meta.url));
const DART = 'Future<void> join() async { await CometChatCalls.joinSession(sessionId: id); }\n';
const RULES = ['--rule', 'flutter/join-awaited'];

function projectWith(files: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'meet-check-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  return folder;
}

function runCheck(folder: string, args: readonly string[], env: Readonly<Record<string, string>> = {}) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [MEET, 'check', ...args], {
    cwd: folder,
    encoding: 'utf8',
    env: { PATH: process.env.PATH, HOME: folder, ...env },
  });
  return { status, stdout, stderr };
}

const git = (folder: string, ...args: readonly string[]) =>
  execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@b.c', ...args], {
    cwd: folder,
    stdio: 'pipe',
  });

describe('meet check', () => {
  it('fails where a rule is broken, and passes where none is', () => {
    expect(runCheck(projectWith({ 'lib/a.dart': DART }), RULES).status).toBe(1);
    expect(runCheck(projectWith({ 'lib/a.dart': 'void main() {}' }), RULES)).toMatchObject({ status: 0 });
  });

  it.each<[string, Record<string, object>, string]>([
    ['the checked folder', { 'app/': { rules: { 'flutter/join-awaited': 'warning' } }, '': {} }, 'warning'],
    [
      'the checked folder, though it is another elsewhere',
      {
        'app/': { rules: { 'flutter/join-awaited': 'info' } },
        '': { rules: { 'flutter/join-awaited': 'off' } },
      },
      'info',
    ],
    [
      'where meet runs, if the checked folder has none',
      { '': { rules: { 'flutter/join-awaited': 'info' } } },
      'info',
    ],
  ])('takes levels from %s', (_, configs, severity) => {
    const written = Object.entries(configs).map(([place, check]): [string, string] => [
      `${place}meet.config.json`,
      JSON.stringify({ check }),
    ]);
    const folder = projectWith({ 'app/lib/a.dart': DART, ...Object.fromEntries(written) });
    const { findings } = JSON.parse(runCheck(folder, [...RULES, 'app', '--json']).stdout);
    expect(findings).toMatchObject([{ severity }]);
  });

  it('knows the rules that were not asked for, where a comment names them', () => {
    const text = `// meet-check-disable-next-line flutter/unguarded-pop -- it is guarded elsewhere\n${DART}`;
    expect(runCheck(projectWith({ 'lib/a.dart': text }), RULES).stdout).not.toContain('which is no rule');
  });

  it('writes SARIF beside what it prints', () => {
    const folder = projectWith({ 'lib/a.dart': DART });
    const { stdout } = runCheck(folder, [...RULES, '--json', '--sarif', 'out.sarif']);
    const sarif = JSON.parse(readFileSync(join(folder, 'out.sarif'), 'utf8'));
    expect(sarif.runs[0].results).toHaveLength(1);
    expect(JSON.parse(stdout)).toMatchObject({
      findings: [
        { ruleId: 'flutter/join-awaited', severity: 'error', file: 'lib/a.dart', line: 1, column: 35 },
      ],
      summary: { errors: 1 },
    });
  });

  it('annotates in GitHub Actions, from the top of the repository', () => {
    const folder = projectWith({ 'app/lib/a.dart': DART });
    const { stderr } = runCheck(folder, ['app', ...RULES], {
      GITHUB_ACTIONS: 'true',
      GITHUB_WORKSPACE: folder,
    });
    expect(stderr).toContain('::error file=app/lib/a.dart,line=1,');
  });

  it('puts up with what a baseline knows', () => {
    const folder = projectWith({ 'lib/a.dart': DART });
    const args = [...RULES, '--baseline', 'known.json'];
    expect(runCheck(folder, [...args, '--update-baseline']).status).toBe(0);
    expect(runCheck(folder, args).status).toBe(0);
    writeFileSync(join(folder, 'lib/b.dart'), DART);
    const { status, stdout } = runCheck(folder, [...args, '--json']);
    expect([status, JSON.parse(stdout).findings.map(({ file }: { file: string }) => file)]).toEqual([
      1,
      ['lib/b.dart'],
    ]);
  });

  it('looks at what git says is changed', () => {
    const folder = projectWith({ 'lib/a.dart': DART, 'lib/b.dart': 'void main() {}' });
    git(folder, 'init', '-q', '-b', 'main');
    git(folder, 'add', '.');
    git(folder, 'commit', '-qm', 'a');
    expect(runCheck(folder, [...RULES, '--changed']).status).toBe(0);
    writeFileSync(join(folder, 'lib/ü new.dart'), DART);
    writeFileSync(join(folder, 'lib/b.dart'), DART);
    const changed = (args: readonly string[]) =>
      JSON.parse(runCheck(folder, [...RULES, ...args, '--json']).stdout).findings.map(
        ({ file }: { file: string }) => file,
      );
    expect(changed(['--changed'])).toEqual(['lib/b.dart', 'lib/ü new.dart']);
    git(folder, 'checkout', '-qb', 'work');
    git(folder, 'add', '.');
    git(folder, 'commit', '-qm', 'b');
    expect([changed(['--changed']), changed(['--changed', 'main'])]).toEqual([
      [],
      ['lib/b.dart', 'lib/ü new.dart'],
    ]);
  });

  it.each([
    [['--changed'], /--changed needs a git repository with a commit HEAD/],
    [['--update-baseline'], /add --baseline FILE/],
    [['--baseline', 'none.json'], /There is no none\.json; write it with --update-baseline/],
    [['--baseline', 'lib/a.dart'], /is no baseline/],
    [['--dry-run'], /--dry-run is for --fix/],
    [['--fix', '--json'], /use one of them/],
    [['--sarif', 'no/such/folder.sarif'], /cannot be written; name another file/],
    [['--rule', 'web/nothing'], /There is no rule web\/nothing; meet check --list has them all/],
    [['nowhere'], /There is no .*nowhere; name the folder to check/],
    [['lib/a.dart'], /is a file; name the folder it is part of/],
  ])('refuses %j in one line', (args, words) => {
    const { status, stdout, stderr } = runCheck(projectWith({ 'lib/a.dart': DART }), args);
    expect([status, `${stdout}${stderr}`]).toEqual([2, expect.stringMatching(words)]);
  });

  it('takes no commit for a flag of git', () => {
    const folder = projectWith({ 'lib/a.dart': DART });
    git(folder, 'init', '-q');
    expect(runCheck(folder, ['--changed=--output=x'])).toMatchObject({
      status: 2,
      stderr: expect.stringMatching(/needs a git repository with a commit --output=x/),
    });
  });

  it('checks nothing, and says so, in an empty folder', () => {
    const { status, stdout } = runCheck(projectWith({}), []);
    expect([status, stdout]).toEqual([0, expect.stringContaining('nothing to check here')]);
  });
});
