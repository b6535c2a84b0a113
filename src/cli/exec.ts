import { type ChildProcess, spawn } from 'node:child_process';
import { constants } from 'node:os';
import { MeetError } from '../core/errors.ts';
import type { Command, Context } from './context.ts';
import { createPrivateServer } from './private-server.ts';

export interface ExecFlags {
  readonly sdk?: string;
  /** The program, then its arguments. */
  readonly command: readonly string[];
}

type Signal = NodeJS.Signals;

const SIGNALS: readonly Signal[] = ['SIGINT', 'SIGTERM', 'SIGHUP'];

// What shells answer for a program that is not there, or is none.
const NOT_FOUND = 127;
const NOT_EXECUTABLE = 126;

/** `meet exec`: a private server for as long as a command runs; its exit code, or 128 and the signal's number. */
export const exec: Command<ExecFlags> = async (context, { command, sdk }) => {
  if (!command[0]) throw new MeetError('BAD_REQUEST', 'The command has no name; see meet exec --help');
  const server = createPrivateServer(context, sdk, { prefix: 'meet-exec-' });
  const signals = catchSignals();
  try {
    const { stop } = await server.start();
    try {
      return await runCommand(context, { command, env: server.appEnv(), signals });
    } finally {
      await stop();
    }
  } finally {
    signals.release();
    await server.remove();
  }
};

interface Run {
  readonly command: readonly string[];
  readonly env: NodeJS.ProcessEnv;
  readonly signals: CaughtSignals;
}

async function runCommand({ io, notes }: Context, { command, env, signals }: Run): Promise<number> {
  const [program = '', ...args] = command;
  if (signals.first) return exitCodeOf(null, signals.first);
  const child = spawn(program, args, { stdio: 'inherit', env: { ...io.env, ...env } });
  signals.passTo(child);
  const ended = await endOf(child);
  if (!('error' in ended)) return exitCodeOf(ended.code, ended.signal);
  const missing = ended.error.code === 'ENOENT';
  const words = missing
    ? `was not found; ${adviceFor(program)}`
    : `cannot be run (${ended.error.code}); check its mode`;
  notes.line(`${notes.style('red', 'error:')} ${program} ${words}.`);
  return missing ? NOT_FOUND : NOT_EXECUTABLE;
}

function adviceFor(program: string): string {
  if (/\s/.test(program)) return `leave out the quotes around it, or say: sh -c '…'`;
  return 'check its name and PATH';
}

type End = { code: number | null; signal: Signal | null } | { error: NodeJS.ErrnoException };

function endOf(child: ChildProcess): Promise<End> {
  return new Promise(resolve => {
    child.once('error', error => resolve({ error }));
    child.once('exit', (code, signal) => resolve({ code, signal }));
  });
}

function exitCodeOf(code: number | null, signal: Signal | null): number {
  return code ?? 128 + (signal ? constants.signals[signal] : 0);
}

interface CaughtSignals {
  /** The first that came before the command was there. */
  readonly first: Signal | undefined;
  passTo(child: ChildProcess): void;
  release(): void;
}

/** From before the server starts, so that whoever stops us then leaves nothing behind either. */
function catchSignals(): CaughtSignals {
  let first: Signal | undefined;
  let command: ChildProcess | undefined;
  const take = (signal: Signal) => {
    first ??= signal;
    // Ctrl-C reaches all of a terminal's processes by itself, and many programs give up at once at the second.
    if (signal !== 'SIGINT' || !hasTerminal()) command?.kill(signal);
  };
  for (const signal of SIGNALS) process.on(signal, take);
  return {
    get first() {
      return first;
    },
    passTo(child) {
      command = child;
    },
    release() {
      for (const signal of SIGNALS) process.off(signal, take);
    },
  };
}

function hasTerminal(): boolean {
  return [process.stdin, process.stdout, process.stderr].some(stream => stream.isTTY);
}
