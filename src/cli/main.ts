import { inspect } from 'node:util';
import { CommanderError } from 'commander';
import { MeetError } from '../core/errors.ts';
import type { Context, Io, Output } from './context.ts';
import { openDataFolder } from './data-folder.ts';
import { EXIT_FAILED, EXIT_OK, EXIT_USAGE, exitCodeOf } from './exit-codes.ts';
import { createOutput } from './output.ts';
import { createProgram, type Run } from './program.ts';
import type { ServerFlags } from './remote.ts';
import { isServerFlag } from './server-flags.ts';
import { readSettings } from './settings.ts';
import { VERSION } from './version.ts';

function createContext(io: Io, out: Output, notes: Output, serverFlags: ServerFlags): Context {
  const settings = readSettings(process.cwd(), io.env);
  const folder = openDataFolder(settings.dataDir, settings.secret, settings.adminKey);
  return { io, out, notes, settings, folder, serverFlags, now: Date.now };
}

/** `meet list | head -1` ends before we do: no reason to complain, nor to fail. */
function allowBrokenPipes(streams: readonly NodeJS.WritableStream[]): void {
  for (const stream of streams) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EPIPE') throw error;
    });
  }
}

function oneLine(text: string): string {
  return text
    .replace(/^error: /, '')
    .replace(/\s*\n\s*/g, ' ')
    .trim();
}

/** What commander found wrong with the flags; where it has no better advice, where to read about them. */
function explainUsage({ message, code }: CommanderError, argv: readonly string[]): string {
  const line = oneLine(message).replace(/\.$/, '');
  const [name = '', verb = '-'] = argv;
  if (isServerFlag(line))
    return `meet ${name} works on this machine only; leave out --server, which is for what manages meetings`;
  if (line.includes('Did you mean')) return line;
  const words = ['fault', 'init'].includes(name) && !verb.startsWith('-') ? `${name} ${verb}` : name;
  const command = code === 'commander.unknownCommand' || name.startsWith('-') ? '' : ` ${words}`;
  return `${line}; see meet${command} --help`;
}

function reportError(error: unknown, { argv }: Io, notes: Output): number {
  const tell = (line: string) => notes.line(`${notes.style('red', 'error:')} ${line}`);
  if (error instanceof CommanderError) {
    // Help and version come this way too.
    if (error.exitCode === EXIT_OK) return EXIT_OK;
    // `meet fault` alone: its help stands on stderr.
    if (error.code === 'commander.help') return EXIT_USAGE;
    tell(explainUsage(error, argv));
    return EXIT_USAGE;
  }
  if (error instanceof MeetError) {
    tell(oneLine(error.message));
    return exitCodeOf(error.code);
  }
  notes.line(inspect(error));
  notes.line(`This is a bug in meet ${VERSION}. Please report it, with the lines above and what you did.`);
  return EXIT_FAILED;
}

/** Runs a command line and gives its exit code. Expected failures become one line on stderr. */
export async function main(io: Io): Promise<number> {
  allowBrokenPipes([io.stdout, io.stderr]);
  const [out, notes] = [createOutput(io.stdout, io.env), createOutput(io.stderr, io.env)];
  let exitCode = EXIT_OK;
  const run: Run = async (load, flags, { bearsFaults = false } = {}) => {
    const command = await load();
    const context = createContext(io, out, notes, flags as ServerFlags);
    const [fault] = context.settings.faults;
    if (fault && !bearsFaults) throw fault;
    exitCode = await command(context, flags);
  };
  try {
    const program = createProgram(VERSION, io, out, run);
    if (io.argv.length === 0) program.outputHelp();
    else await program.parseAsync(io.argv, { from: 'user' });
    return exitCode;
  } catch (error) {
    return reportError(error, io, notes);
  }
}
