import { hostname } from 'node:os';
import { stripVTControlCharacters } from 'node:util';
import type { Context, Environment } from './context.ts';

const INFO = 30;
const ERROR = 50;

/** Whether `MEET_LOG` asks for lines of JSON on standard error. */
export function isLogging({ MEET_LOG }: Environment): boolean {
  return MEET_LOG !== undefined && MEET_LOG !== '' && MEET_LOG !== 'off';
}

/** The same context, whose notes are lines of the log where there is one: who collects standard error parses every line. */
export function withLogNotes(context: Context): Context {
  if (!isLogging(context.settings.env)) return context;
  const line = (text = '') => {
    const msg = stripVTControlCharacters(text).trim();
    if (msg !== '') writeLine(context, INFO, { msg });
  };
  return { ...context, notes: { line, style: (_, text) => text, colors: false } };
}

/** Why a request failed, as a line of the log. */
export function logFailure(context: Context, request: { method: string; url: string }, reason: string): void {
  writeLine(context, ERROR, { ...request, reason, msg: 'failed' });
}

/** As pino writes its own (getpino.io, `pid` and `hostname` included). */
function writeLine({ io, now }: Context, level: number, facts: object): void {
  const line = { level, time: now(), pid: process.pid, hostname: hostname(), ...facts };
  io.stderr.write(`${JSON.stringify(line)}\n`);
}
