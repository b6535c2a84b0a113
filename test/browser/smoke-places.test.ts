import { spawn } from 'node:child_process';
import { chmod, chown, cp, mkdir, mkdtemp, readdir, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it, onTestFinished } from 'vitest';
import { failureOf } from './smoke-run.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const { PATH = '' } = process.env;

/** A user of whom nobody has heard, as containers have them. Only root can become one; anybody else is another user already. */
const STRANGER = process.getuid?.() === 0 ? { uid: 54_321, gid: 54_321 } : {};

interface Place {
  readonly script: string;
  readonly cwd: string;
  readonly env: Record<string, string>;
  readonly user?: { uid?: number; gid?: number };
}

/** Runs a shell script and gives its exit code and what failed of the run whose JSON it prints. */
async function runIn({ script, cwd, env, user = {} }: Place) {
  const child = spawn('/bin/sh', ['-c', script], { cwd, env, ...user, stdio: ['ignore', 'pipe', 'pipe'] });
  const said = { stdout: '', stderr: '' };
  child.stdout.on('data', data => {
    said.stdout += data;
  });
  child.stderr.on('data', data => {
    said.stderr += data;
  });
  const exitCode = await new Promise(resolve => child.on('close', resolve));
  const report = said.stdout ? JSON.parse(said.stdout) : null;
  return { exitCode, stderr: said.stderr, failed: report && failureOf(report) };
}

const PASSED = { exitCode: 0, stderr: '', failed: { exitCode: 0 } };

async function makeFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'meet-place-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

describe('meet smoke passes', () => {
  it('for a user without a name, whose home takes no files, and leaves none elsewhere', async () => {
    const folder = await makeFolder();
    const [home, temporary] = [join(folder, 'home'), join(folder, 'tmp')];
    await mkdir(home);
    await mkdir(temporary);
    await chmod(folder, 0o755);
    await chmod(home, 0o555);
    if (STRANGER.uid !== undefined) await chown(temporary, STRANGER.uid, STRANGER.gid);
    const run = await runIn({
      script: `exec '${process.execPath}' '${ROOT}bin/meet.js' smoke --json`,
      cwd: home,
      env: { PATH, HOME: home, TMPDIR: temporary },
      user: STRANGER,
    });
    expect(run).toEqual(PASSED);
    expect([await readdir(home), await readdir(temporary)]).toEqual([[], []]);
  });

  it('for a user without a name and without a home', async () => {
    const run = await runIn({
      script: `exec '${process.execPath}' '${ROOT}bin/meet.js' smoke --json`,
      cwd: '/',
      env: { PATH },
      user: STRANGER,
    });
    expect(run).toEqual(PASSED);
  });

  it('without an environment and with standard input closed, from paths with spaces', async () => {
    const folder = join(await makeFolder(), "meet's own place");
    await mkdir(folder);
    for (const part of ['bin', 'dist', 'package.json'])
      await cp(join(ROOT, part), join(folder, part), { recursive: true });
    await symlink(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
    const script = `exec env -i "PATH=$PATH" '${process.execPath}' bin/meet.js smoke --json <&-`;
    expect(await runIn({ script, cwd: folder, env: { PATH } })).toEqual(PASSED);
  });
});
