import { spawnSync } from 'node:child_process';
import { symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createSandbox, type Sandbox } from '../run-meet.ts';

const bin = fileURLToPath(new URL('../../../bin/meet.js', import.meta.url));
const has = (shell: string) => spawnSync(shell, ['-c', 'exit 0']).status === 0;

let sandbox: Sandbox;

beforeAll(async () => {
  sandbox = createSandbox();
  symlinkSync(bin, join(sandbox.path, 'meet'));
  writeFileSync(join(sandbox.path, 'notes.txt'), '');
  for (const shell of ['bash', 'zsh', 'fish']) {
    const { stdout } = await sandbox.meet(['completion', shell]);
    writeFileSync(join(sandbox.path, `meet.${shell}`), stdout);
  }
  await sandbox.meet(['create', '--strategy', 'team', '--id', 'core', '--title', 'Stand: up']);
});

afterAll(() => sandbox.remove());

function ask(shell: string, script: string): string[] {
  const { stdout, stderr } = spawnSync(shell, ['-c', script], {
    cwd: sandbox.path,
    encoding: 'utf8',
    env: { PATH: `${sandbox.path}:${process.env.PATH}`, HOME: sandbox.path, TERM: 'dumb' },
  });
  expect(stderr).toBe('');
  return stdout.split('\n').filter(Boolean);
}

describe.skipIf(!has('bash'))('bash', () => {
  const complete = (...words: string[]) => {
    const list = words.map(word => `'${word}'`).join(' ');
    return ask(
      'bash',
      `source meet.bash; source meet.bash; COMP_WORDS=(${list}); COMP_CWORD=${words.length - 1}
_meet_complete; printf '%s\\n' "\${COMPREPLY[@]}"; complete -p meet >/dev/null`,
    );
  };

  it('completes commands, flags, values, ids and files', () => {
    expect(complete('meet', 'cre')).toEqual(['create']);
    expect(complete('meet', 'create', '--stra')).toEqual(['--strategy']);
    expect(complete('meet', 'create', '--strategy', 'off')).toEqual(['office-hours']);
    expect(complete('meet', 'create', '--strategy', '=')).toContain('uuid');
    expect(complete('meet', 'open', '')).toEqual(['team-core']);
    expect(complete('meet', 'check', 'no')).toEqual(['notes.txt']);
  });

  it('runs nothing that stands on the line', () => {
    expect(complete('meet', 'open', '$(touch ran)', '')).toEqual([]);
    expect(ask('bash', 'ls')).not.toContain('ran');
  });
});

describe.skipIf(!has('fish'))('fish', () => {
  const complete = (line: string) => ask('fish', `source meet.fish; complete -C '${line}'`);

  it('completes commands, flags, values, ids and files, and says what they are', () => {
    expect(complete('meet cre')).toEqual(['create\tmake a meeting and print its link']);
    expect(complete('meet create --stra')[0]).toMatch(/^--strategy\t/);
    expect(complete('meet create --strategy off')).toEqual(['office-hours']);
    expect(complete('meet open ')).toEqual(['team-core\tStand: up']);
    expect(complete('meet check no').join()).toContain('notes.txt');
  });
});

describe.skipIf(!has('zsh'))('zsh', () => {
  /** What is handed to the completion system, which only a terminal has. */
  const complete = (...words: string[]) =>
    ask(
      'zsh',
      `compdef() { :; }; compset() { :; }; _files() { print -r -- :files; }
_describe() { print -rl -- "\${(@P)@[-1]}"; }
source meet.zsh; words=(${words.map(word => `'${word}'`).join(' ')}); CURRENT=${words.length}; _meet`,
    );

  it('completes commands, flags, values, ids and files, and says what they are', () => {
    expect(complete('meet', 'cre')).toContain('create:make a meeting and print its link');
    expect(complete('meet', 'create', '--').join('\n')).toMatch(/^--strategy:/m);
    expect(complete('meet', 'create', '--strategy', '')).toContain('office-hours');
    expect(complete('meet', 'open', '')).toEqual(['team-core:Stand: up']);
    expect(complete('meet', 'check', 'no')).toEqual([':files']);
  });
});

describe('meet completion', () => {
  it('refuses a shell that it does not know', async () => {
    const { code, stderr } = await sandbox.meet(['completion', 'tcsh']);
    expect(code).toBe(2);
    expect(stderr).toContain('Allowed choices are bash, zsh, fish');
  });

  it('says nothing but the script where it goes into a file, and makes no data folder', async () => {
    const other = createSandbox();
    const { stdout, stderr } = await other.meet(['completion', 'bash']);
    expect(stdout).toContain('complete -F _meet_complete meet');
    expect(stderr).toBe('');
    expect((await other.meet(['complete', '--', 'open', ''])).stdout).toBe('');
    expect(spawnSync('ls', ['-A', other.path], { encoding: 'utf8' }).stdout).toBe('');
    other.remove();
  });
});
