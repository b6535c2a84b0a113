import { type ChildProcess, spawn } from 'node:child_process';
import { createServer } from 'node:net';
import { fileURLToPath } from 'node:url';

const MEET = fileURLToPath(new URL('../../bin/meet.js', import.meta.url));
/** The vendor's flow in the example app. */
export const EXAMPLE = fileURLToPath(new URL('../../examples/vite', import.meta.url));

export function spawnSmoke(
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
  cwd: string = EXAMPLE,
) {
  return spawn(process.execPath, [MEET, 'smoke', '--json', ...args], {
    cwd,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

/** `meet smoke --json`, to its end. */
export async function runSmoke(
  args: readonly string[],
  env?: Readonly<Record<string, string>>,
  cwd?: string,
) {
  return readSmoke(spawnSmoke(args, env, cwd));
}

export async function readSmoke(child: ChildProcess) {
  const printed = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const)
    child[name]?.setEncoding('utf8').on('data', text => {
      printed[name] += text;
    });
  const exitCode = await new Promise(resolve => child.on('close', resolve));
  const report = JSON.parse(printed.stdout || 'null');
  const failed = report?.phases.find(({ ok }: { ok: boolean }) => !ok);
  return { exitCode, report, failed, ...printed };
}

/** An address of this machine on a port that nobody has at this moment. */
export async function findOrigin(): Promise<string> {
  const server = createServer();
  await new Promise<void>(resolve => server.listen(0, 'localhost', resolve));
  const { port } = server.address() as { port: number };
  await new Promise(resolve => server.close(resolve));
  return `http://localhost:${port}`;
}
