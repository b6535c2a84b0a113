import { openSync, writeSync } from 'node:fs';
import { MeetError } from '../core/errors.ts';
import type { Context } from './context.ts';

/** Takes every event, as a line of JSON. */
export type TraceSink = (event: object) => void;

/**
 * Opens what `--trace` leads to: standard error, or a file, which is appended to and, where it is new, for nobody else to
 * read; it stays open as long as the process. Throws `BAD_CONFIG` when the file cannot be written to.
 */
export function openTraceSink(file: string | true, { io, notes }: Context): TraceSink {
  if (file === true) return event => void io.stderr.write(`${JSON.stringify(event)}\n`);
  const descriptor = openForAppend(file);
  let failed = false;
  return event => {
    if (failed) return;
    try {
      // At once: what happened last is what whoever looks into it after a crash wants to see.
      writeSync(descriptor, `${JSON.stringify(event)}\n`);
    } catch (error) {
      failed = true;
      notes.line(notes.style('red', `The trace ends here: ${file} takes no more (${codeOf(error)}).`));
    }
  };
}

function openForAppend(file: string): number {
  try {
    return openSync(file, 'a', 0o600);
  } catch (error) {
    throw new MeetError(
      'BAD_CONFIG',
      `Cannot write the trace to ${file} (${codeOf(error)}); give --trace a file in a folder that is yours.`,
      { cause: error },
    );
  }
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : String(error);
}
