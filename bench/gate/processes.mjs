// Processes on a core of their own, which speak lines of JSON.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';

/** A command for Node on one core; elsewhere than on Linux the system chooses. */
export const pinned = (core, ...args) =>
  process.platform === 'linux'
    ? ['taskset', '-c', String(core), process.execPath, ...args]
    : [process.execPath, ...args];

/** Starts one; `said` is its first line, where it `speaks` by itself. */
export async function startLines([command, ...args], env = {}, speaks = true) {
  const child = spawn(command, args, { env: { ...process.env, ...env }, stdio: ['pipe', 'pipe', 'ignore'] });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const next = async () => {
    const { value, done } = await lines.next();
    if (done) throw new Error(`${command} ${args.join(' ')} ended`);
    return JSON.parse(value);
  };
  return {
    pid: child.pid,
    said: speaks ? await next() : null,
    ask(question) {
      child.stdin.write(`${JSON.stringify(question)}\n`);
      return next();
    },
    async stop() {
      if (child.exitCode !== null) return;
      const ended = once(child, 'exit');
      child.kill('SIGTERM');
      await ended;
    },
  };
}
