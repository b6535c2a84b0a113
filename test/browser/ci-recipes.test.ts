import { execFileSync, spawn } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { action } from './action-run.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const page = readFileSync(join(root, 'docs/ci.md'), 'utf8');
const blocks = (language: string) =>
  [...page.matchAll(new RegExp(`\`\`\`${language}\\n([\\s\\S]*?)\`\`\``, 'g'))].map(([, text = '']) => text);

const folder = mkdtempSync(join(tmpdir(), 'meet-ci-'));
const source = join(folder, 'source');
const project = join(folder, 'project');
const git = (...args: string[]) => execFileSync('git', ['-C', source, ...args], { encoding: 'utf8' }).trim();

/** What a pipeline's variables say: a repository with what is here now, committed or not. */
function makeRepository(): Record<string, string> {
  const tracked = ['bin', 'scripts', 'src', 'web', 'package.json', 'package-lock.json', 'tsconfig.json'];
  for (const part of tracked) cpSync(join(root, part), join(source, part), { recursive: true });
  execFileSync('git', ['init', '-q', source]);
  git('add', '.');
  git(
    '-c',
    'commit.gpgsign=false',
    '-c',
    'user.name=meet',
    '-c',
    'user.email=meet@localhost',
    'commit',
    '-qm',
    'meet',
  );
  return { MEET_REPOSITORY: source, MEET_COMMIT: git('rev-parse', 'HEAD') };
}

let variables: Record<string, string>;

beforeAll(() => {
  variables = makeRepository();
  execFileSync('mkdir', [project]);
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function run(script: string) {
  const child = spawn('sh', ['-eu', '-c', script], { cwd: project, env: { ...process.env, ...variables } });
  let said = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', data => {
      said += data;
    });
  const exitCode = await new Promise(resolve => child.on('close', resolve));
  // The packages are those of this clone: `npm ci` itself is seen by whoever runs these tests.
  if (existsSync(join(project, 'meet')) && !existsSync(join(project, 'meet/node_modules')))
    symlinkSync(join(root, 'node_modules'), join(project, 'meet/node_modules'));
  return { exitCode, said };
}

describe("a pipeline's shell", () => {
  it.each(blocks('sh').map(script => [script.trim().split('\n').at(-1), script]))(
    '… %s',
    async (_, script) => {
      expect(await run(script ?? '')).toEqual({ exitCode: 0, said: expect.any(String) });
    },
  );

  it('leaves the results that it promises', () => {
    const read = (name: string) => readFileSync(join(project, name), 'utf8');
    expect(read('smoke.xml')).toContain('<testsuites ');
    expect(read('smoke.tap')).toMatch(/^TAP version 14\n1\.\.\d+\nok 1 /);
    expect(JSON.parse(read('rate.json'))).toMatchObject({ runs: 3, passed: 3 });
  });
});

describe("a pipeline's file", () => {
  const files = blocks('yaml').map(text => parse(text));
  const lines = (text: string) => text.split('\n').map(line => line.trim());

  it('is one for GitHub with the action, one without, and one for GitLab', () => {
    expect(files.map(file => Object.keys(file))).toEqual([['jobs'], ['jobs'], ['smoke']]);
  });

  it('runs what the plain shell runs, and nothing else', () => {
    const known = new Set([...blocks('sh').flatMap(lines), 'npm ci', 'node meet/bin/meet.js smoke']);
    const scripts: string[] = [
      ...files.flatMap(({ jobs }) => jobs?.smoke.steps ?? []).flatMap(({ run = '' }) => lines(run)),
      ...files.flatMap(({ smoke }) => smoke?.script ?? []),
    ];
    expect(scripts.filter(line => line && !known.has(line))).toEqual([]);
  });

  it('names actions by commit, and inputs that the action has', () => {
    const steps = files.flatMap(({ jobs }) => jobs?.smoke.steps ?? []);
    for (const { uses = '', with: inputs = {} } of steps) {
      if (uses) expect(uses).toMatch(/@([0-9a-f]{40}|COMMIT)$/);
      if (uses.startsWith('OWNER/meet@'))
        expect(Object.keys(action.inputs)).toEqual(expect.arrayContaining(Object.keys(inputs)));
    }
  });
});
