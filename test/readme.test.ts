import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('..', import.meta.url));
const readme = readFileSync(join(root, 'README.md'), 'utf8');
const project = mkdtempSync(join(tmpdir(), 'meet-readme-'));

/** The `meet …` lines of the README's shell blocks, in their order, without comments. */
const commands = [...readme.matchAll(/```sh\n([\s\S]*?)```/g)]
  .flatMap(([, block = '']) => block.split('\n'))
  .map(line => line.replace(/\s+#.*$/, '').trim())
  .filter(line => line.startsWith('meet '));
/** These need a server, a browser or a time in the future: their own tests run them. */
const elsewhere =
  /^meet (serve|admin|open|smoke|exec|fault|trace|init|doctor|check --changed)|--open|--starts-at|--server/;

function run(line: string) {
  const args = (line.match(/"[^"]*"|\S+/g) ?? []).slice(1).map(word => word.replaceAll('"', ''));
  const env = { PATH: process.env.PATH, HOME: project };
  return spawnSync(process.execPath, [join(root, 'bin/meet.js'), ...args], {
    cwd: project,
    encoding: 'utf8',
    env,
  });
}

beforeAll(() => {
  writeFileSync(join(project, 'package.json'), '{"name": "@acme/web"}');
});

afterAll(() => {
  rmSync(project, { recursive: true, force: true });
});

describe('the README', () => {
  it('quotes the measured ratios, none of them too slow', () => {
    const results = readFileSync(join(root, 'bench/RESULTS.md'), 'utf8');
    // The tables behind it have no limits to be quoted with.
    const [ratios = ''] = results.split('\n## ');
    const rows = ratios.split('\n').filter(line => line.startsWith('| ') && !line.startsWith('| what'));
    expect(rows.length).toBeGreaterThanOrEqual(3);
    for (const row of rows) expect(readme).toContain(row);
    expect(results).not.toContain('too slow');
  });

  it('shows every command', () => {
    const shown = new Set(commands.map(line => line.split(' ')[1]));
    const all = [...run('meet --help').stdout.matchAll(/^ {2}(\w+)(?= [[<]| {2,})/gm)].map(match => match[1]);
    expect([...shown].toSorted()).toEqual(all.toSorted());
  });

  it.each(commands.filter(line => !elsewhere.test(line)))('is right about: %s', line => {
    const { status, stderr } = run(line);
    expect([status, stderr.includes('error:')]).toEqual([0, false]);
  });

  it.each(commands.filter(line => elsewhere.test(line)))('uses flags that exist: %s', line => {
    // `fault add` and `init web` have helps of their own.
    const words = line.split(' ').slice(1, /^meet (fault|init)/.test(line) ? 3 : 2);
    const help = run(`meet ${words.join(' ')} --help`).stdout;
    expect(help).toContain(`Usage: meet ${words.join(' ')}`);
    for (const [flag] of line.matchAll(/--[\w-]+/g)) expect(help).toContain(flag);
  });

  it.each([...readme.matchAll(/\]\((?!https?:|#)([^)]+)\)/g)].map(match => match[1] ?? ''))(
    'links to %s',
    path => {
      expect(existsSync(join(root, path))).toBe(true);
    },
  );
});
