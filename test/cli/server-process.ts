import { type ChildProcess, spawn } from 'node:child_process';
import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';

const BIN = fileURLToPath(new URL('../../bin/meet.js', import.meta.url));

/** An empty project, where a launcher stands in for the browser and writes down what it was told to open. */
export async function temporaryProject(): Promise<{ folder: string; opened: () => Promise<string | null> }> {
  const folder = await mkdtemp(join(tmpdir(), 'meet-project-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  await writeFile(join(folder, 'package.json'), '{"name": "shop"}');
  await launcher(folder, 'echo "$1" > "$(dirname "$0")/opened"');
  const opened = () =>
    readFile(join(folder, 'opened'), 'utf8').then(
      text => text.trim(),
      () => null,
    );
  return { folder, opened };
}

/** Replaces the project's launcher. */
export async function launcher(folder: string, script: string): Promise<void> {
  await writeFile(join(folder, 'xdg-open'), `#!/bin/sh\n${script}\n`);
  await chmod(join(folder, 'xdg-open'), 0o755);
}

export interface MeetProcess {
  readonly child: ChildProcess;
  readonly stdout: () => string;
  readonly stderr: () => string;
  /** Resolves with all of stdout and stderr once they match; rejects when the process ends first. */
  until(pattern: RegExp): Promise<string>;
  readonly exit: Promise<number | null>;
  stop(signal?: NodeJS.Signals): Promise<number | null>;
}

/** Starts `meet` as a user does, with nothing of this machine's own settings. */
export function startMeet(cwd: string, args: readonly string[], env: NodeJS.ProcessEnv = {}): MeetProcess {
  const child = spawn(process.execPath, [BIN, ...args], {
    cwd,
    env: { PATH: `${cwd}:${process.env.PATH}`, HOME: cwd, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  const texts = { stdout: '', stderr: '' };
  const watchers = new Set<() => void>();
  for (const name of ['stdout', 'stderr'] as const) {
    child[name].setEncoding('utf8').on('data', text => {
      texts[name] += text;
      for (const watch of watchers) watch();
    });
  }
  const exit = new Promise<number | null>(resolve => child.on('close', resolve));
  const all = () => texts.stdout + texts.stderr;
  return {
    child,
    stdout: () => texts.stdout,
    stderr: () => texts.stderr,
    exit,
    until: pattern =>
      new Promise((resolve, reject) => {
        const watch = () => pattern.test(all()) && resolve(all());
        watchers.add(watch);
        watch();
        exit.then(code => reject(new Error(`exited with ${code} before ${pattern}: ${all()}`)));
      }),
    stop(signal = 'SIGTERM') {
      child.kill(signal);
      return exit;
    },
  };
}

/** Runs `meet` to its end. */
export async function runMeet(cwd: string, args: readonly string[], env?: NodeJS.ProcessEnv) {
  const meet = startMeet(cwd, args, env);
  const code = await meet.exit;
  return { code, stdout: meet.stdout().trim(), stderr: meet.stderr().trim() };
}

/** Starts `meet serve` on a free port and waits until it is ready. */
export async function startServe(cwd: string, args: readonly string[] = [], env?: NodeJS.ProcessEnv) {
  const meet = startMeet(cwd, ['serve', '--port', '0', ...args], env);
  await meet.until(/stop +Ctrl-C/);
  const url = meet.stderr().match(/Ready at ([^\s"]+)/)?.[1] ?? '';
  return { ...meet, url, port: Number(new URL(url).port) };
}
