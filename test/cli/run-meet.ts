import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { vi } from 'vitest';

// Each command is a process, and two cores may have much else to do.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const root = fileURLToPath(new URL('../..', import.meta.url));

export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A folder with a project in it, and the real CLI to run there. */
export interface Sandbox {
  readonly path: string;
  /** `below`: a folder in the project to run in. */
  start(
    args: readonly string[],
    env?: Record<string, string>,
    below?: string,
  ): ChildProcessWithoutNullStreams;
  meet(args: readonly string[], env?: Record<string, string>, below?: string): Promise<Ended>;
  /** Runs with `--json`, expects success and gives what it printed. */
  json<T = Record<string, unknown>>(
    args: readonly string[],
    env?: Record<string, string>,
    below?: string,
  ): Promise<T>;
  remove(): void;
}

/** How a process ended, and what it said until then. */
export async function finish(child: ChildProcessWithoutNullStreams): Promise<Ended> {
  const said = { stdout: '', stderr: '' };
  child.stdout.on('data', chunk => {
    said.stdout += chunk;
  });
  child.stderr.on('data', chunk => {
    said.stderr += chunk;
  });
  const [code] = await once(child, 'close');
  return { code, ...said };
}

/** Makes a temporary project called `name`. The CLI must have been built: `npm test` does, or `npm run build`. */
export function createSandbox(name = 'project'): Sandbox {
  if (!existsSync(join(root, 'dist/cli/main.js'))) throw new Error('dist is missing: npm run build');
  const parent = mkdtempSync(join(tmpdir(), 'meet-cli-'));
  const path = join(parent, name);
  mkdirSync(path);
  const { PATH = '' } = process.env;
  const start = (args: readonly string[], env: Record<string, string> = {}, below = '') => {
    // Nothing of the developer's environment: his MEET_DATA_DIR or colours are no part of the test.
    const options = {
      cwd: join(path, below),
      env: { PATH, HOME: parent, TZ: 'UTC', GIT_CEILING_DIRECTORIES: parent, ...env },
    };
    return spawn(process.execPath, [join(root, 'bin/meet.js'), ...args], options);
  };
  const meet = (args: readonly string[], env?: Record<string, string>, below?: string) =>
    finish(start(args, env, below));
  return {
    path,
    start,
    meet,
    async json(args, env, below) {
      const { code, stdout, stderr } = await meet([...args, '--json'], env, below);
      if (code !== 0) throw new Error(`exit ${code}: ${stderr}`);
      return JSON.parse(stdout);
    },
    remove: () => rmSync(parent, { recursive: true, force: true }),
  };
}
