import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** Bundles a program of `children/`, since Node 20 runs no TypeScript. Beside node_modules, where libsql and pg are found. */
export async function buildChild(name: string): Promise<string> {
  const outfile = `${root}node_modules/.cache/meet-test/${name}.mjs`;
  const entry = `${root}test/store/children/${name}.ts`;
  await build({
    entryPoints: [entry],
    outfile,
    bundle: true,
    format: 'esm',
    platform: 'node',
    external: ['libsql', 'pg'],
  });
  return outfile;
}

export function startChild(script: string, ...args: string[]): ChildProcessWithoutNullStreams {
  return spawn(process.execPath, [script, ...args], { stdio: 'pipe' });
}

/** Waits for the end of a child; its output and how it ended. */
export async function finish(
  child: ChildProcessWithoutNullStreams,
): Promise<{ stdout: string; stderr: string; code: number | null }> {
  const out = { stdout: '', stderr: '' };
  child.stdout.on('data', chunk => {
    out.stdout += chunk;
  });
  child.stderr.on('data', chunk => {
    out.stderr += chunk;
  });
  const [code] = await once(child, 'close');
  return { ...out, code };
}
