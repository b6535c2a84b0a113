import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

const MEET = fileURLToPath(new URL('../../bin/meet.js', import.meta.url));
const START_MS = 30_000;

/** A `meet serve` in a process of its own. */
export interface Instance {
  readonly port: number;
  /** What it said on standard error until now. */
  said(): string;
  /** Ends it; resolves when it is gone. */
  kill(signal: 'SIGTERM' | 'SIGKILL'): Promise<void>;
}

/** Starts one and waits until it answers. `port` 0: any. */
export async function startInstance(
  env: Readonly<Record<string, string>>,
  { port = 0, cwd }: { port?: number; cwd?: string } = {},
): Promise<Instance> {
  const child = spawn(process.execPath, [MEET, 'serve', '--port', String(port), '--json'], {
    env: { PATH: process.env.PATH, HOME: process.env.HOME, ...env },
    ...(cwd && { cwd }),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  child.stderr.setEncoding('utf8').on('data', text => {
    said = (said + text).slice(-100_000);
  });
  const exited = once(child, 'exit');
  const timer = setTimeout(() => child.kill('SIGKILL'), START_MS);
  const [line] = await Promise.race([
    once(child.stdout.setEncoding('utf8'), 'data'),
    exited.then(([code]) => Promise.reject(new Error(`meet serve ended with ${code}: ${said}`))),
  ]);
  clearTimeout(timer);
  return {
    port: Number(new URL(JSON.parse(line).url).port),
    said: () => said,
    async kill(signal) {
      child.kill(signal);
      await exited;
    },
  };
}
