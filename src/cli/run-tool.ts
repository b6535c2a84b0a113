import { spawn } from 'node:child_process';
import { MeetError } from '../core/errors.ts';
import type { Environment } from './context.ts';

export interface ToolEnd {
  readonly code: number | null;
  /** What it said, on both streams. */
  readonly text: string;
}

/** adb starts a server of its own first, which takes it some seconds. */
const PATIENCE_MS = 20_000;

/** For what was said right before the end. */
const REST_MS = 200;

/** Runs somebody else's program to its end. Throws `NO_DEVICE` where it is missing or does not end. */
export async function runTool(
  program: string,
  args: readonly string[],
  env: Environment,
  { missing = `${program} was not found.` } = {},
): Promise<ToolEnd> {
  const child = spawn(program, args, { env: { ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
  let text = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', chunk => {
      text += chunk;
    });
  }
  const timer = setTimeout(() => child.kill('SIGKILL'), PATIENCE_MS);
  try {
    const code = await new Promise<number | null>((resolve, reject) => {
      child.once('error', reject);
      child.once('close', resolve);
      // What adb leaves behind holds on to our pipes, so that they never close.
      child.once('exit', exit => setTimeout(resolve, REST_MS, exit));
    });
    if (child.signalCode === 'SIGKILL')
      throw new MeetError('NO_DEVICE', `${program} does not answer; end it, and try again.`);
    return { code, text };
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT')
      throw new MeetError('NO_DEVICE', missing, { cause });
    throw cause;
  } finally {
    clearTimeout(timer);
    child.stdout.destroy();
    child.stderr.destroy();
  }
}
