import { inspect } from 'node:util';
import { CommanderError } from 'commander';
import { MeetError } from '../core/errors.ts';
import type { Context, Io, Output } from './context.ts';
import { openDataFolder } from './data-folder.ts';
import { EXIT_FAILED, EXIT_OK, EXIT_USAGE, exitCodeOf } from './exit-codes.ts';
import { createOutput } from './output.ts';
import { createProgram, type Run } from './program.ts';
import { readSettings } from './settings.ts';
import { VERSION } from './version.ts';

function createContext(io: Io, notes: Output): Context {
  const settings = readSettings(process.cwd(), io.env);
  const folder = openDataFolder(settings.dataDir, settings.secret);
  return { io, out: createOutput(io.stdout, io.env), notes, settings, folder, now: Date.now };
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

function reportError(error: unknown, notes: Output): number {
  if (error instanceof CommanderError) {
    if (error.exitCode === EXIT_OK) return EXIT_OK;
    notes.line(`${notes.style('red', 'error:')} ${oneLine(error.message)}`);
    return EXIT_USAGE;
  }
  if (error instanceof MeetError) {
    notes.line(`${notes.style('red', 'error:')} ${oneLine(error.message)}`);
    return exitCodeOf(error.code);
  }
  notes.line(inspect(error));
  notes.line(`This is a bug in meet ${VERSION}. Please report it with the lines above and what you did.`);
  return EXIT_FAILED;
}

/** Runs a command line and gives its exit code. Expected failures become one line on stderr. */
export async function main(io: Io): Promise<number> {
  allowBrokenPipes([io.stdout, io.stderr]);
  const notes = createOutput(io.stderr, io.env);
  let exitCode = EXIT_OK;
  const run: Run = async (load, flags) => {
    const command = await load();
    exitCode = await command(createContext(io, notes), flags);
  };
  try {
    const program = createProgram(VERSION, run);
    if (io.argv.length === 0) program.outputHelp();
    else await program.parseAsync(io.argv, { from: 'user' });
    return exitCode;
  } catch (error) {
    return reportError(error, notes);
  }
}
