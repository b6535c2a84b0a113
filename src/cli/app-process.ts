import { type ChildProcess, spawn } from 'node:child_process';
import type { RunningApp } from '../smoke/pages/page-plan.ts';
import type { Variables } from './app-env.ts';
import type { Environment } from './context.ts';

export interface AppCommand {
  /** For the shell. */
  readonly command: string;
  readonly cwd: string | undefined;
  readonly env: Environment;
  /** On top of the environment; their secrets are struck out of what the command writes. */
  readonly variables: Variables;
}

/** How long a command may take to end when it is asked to, in milliseconds. */
const GRACE_MS = 3000;

/** How long the output of a command that failed may take to be read, in milliseconds. */
const WORDS_MS = 500;

/** As much of its output as is kept, in characters, and as is shown, in lines. */
const KEPT = 16_000;
const LINES = 12;

/** Starts a command in a shell, in a process group of its own: a dev server is rarely one process. */
export function startAppProcess({ command, cwd, env, variables }: AppCommand): RunningApp {
  const child = spawn(command, {
    shell: true,
    detached: OWN_GROUP,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...env, ...variables },
    ...(cwd !== undefined && { cwd }),
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', text => {
      output = (output + text).slice(-KEPT);
    });
  // Once all that hold its output are gone, and not only the shell.
  const closed = new Promise<void>(resolve => child.once('close', () => resolve()));
  const killAtExit = () => signalGroup(child, 'SIGKILL');
  process.once('exit', killAtExit);
  let stopped: Promise<void> | undefined;
  const stop = async () => {
    signalGroup(child, 'SIGTERM');
    await Promise.race([closed, new Promise(resolve => setTimeout(resolve, GRACE_MS).unref())]);
    signalGroup(child, 'SIGKILL');
    process.off('exit', killAtExit);
  };
  return {
    command,
    ended: new Promise(resolve => {
      child.once('error', error => resolve(`could not be started (${error.message})`));
      const tell = (code: number | null, signal: NodeJS.Signals | null) => {
        if (!stopped) resolve(signal ? `was ended by ${signal}` : `ended with exit code ${code}`);
      };
      // Its last words are read by then.
      child.once('close', tell);
      // What it left in the background may hold its output for ever: a failure is not waited for longer than its words may take.
      child.once('exit', (code, signal) => {
        if (code !== 0) setTimeout(tell, WORDS_MS, code, signal).unref();
      });
    }),
    lastLines: () => describeOutput(output, variables),
    stop() {
      stopped ??= stop();
      return stopped;
    },
  };
}

const OWN_GROUP = process.platform !== 'win32';

function signalGroup(child: ChildProcess, signal: NodeJS.Signals): void {
  if (child.pid === undefined) return;
  try {
    if (OWN_GROUP) process.kill(-child.pid, signal);
    else child.kill(signal);
  } catch {
    // They have ended by themselves.
  }
}

/** The last lines, without colours, blank lines and secrets. Pure. */
export function describeOutput(output: string, variables: Variables): string {
  const secrets = Object.entries(variables).filter(([name, value]) => SECRET.test(name) && value !== '');
  const plain = secrets.reduce((text, [, value]) => text.replaceAll(value, '***'), stripColours(output));
  const lines = plain.split(/\r?\n|\r/).map(line => line.trimEnd());
  return lines.filter(Boolean).slice(-LINES).join('\n');
}

const SECRET = /KEY|SECRET|TOKEN/;

function stripColours(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the escape character is what starts a colour
  return text.replace(/\u001b\[[\d;?]*[A-Za-z]/g, '');
}
