import { parseDuration } from '../../core/duration.ts';
import { MeetError } from '../../core/errors.ts';
import type { Environment } from '../context.ts';

/** A PostgreSQL in which many servers keep their meetings together. */
export interface DatabaseSettings {
  /** With the password: never to be shown. */
  readonly url: string;
  /** Host and name, for people. */
  readonly place: string;
  /** Connections of this process at most; undefined: the store's own default. */
  readonly poolSize: number | undefined;
}

/** `MEET_DATABASE_URL` and `MEET_DATABASE_POOL`; undefined: meetings are in a file. Throws `BAD_CONFIG`, without the URL. */
export function readDatabase(env: Environment): DatabaseSettings | undefined {
  const url = env.MEET_DATABASE_URL;
  if (!url) return undefined;
  const parsed = URL.canParse(url) ? new URL(url) : null;
  if (!parsed || !/^postgres(ql)?:$/.test(parsed.protocol) || parsed.pathname.length < 2) {
    throw bad('MEET_DATABASE_URL', 'like postgres://user:password@host:5432/meet');
  }
  const host = parsed.host || parsed.searchParams.get('host') || 'localhost';
  return { url, place: `${host}${parsed.pathname}`, poolSize: readPoolSize(env.MEET_DATABASE_POOL) };
}

function readPoolSize(text: string | undefined): number | undefined {
  if (!text) return undefined;
  const size = Number(text);
  if (Number.isInteger(size) && size >= 1 && size <= 1000) return size;
  throw bad('MEET_DATABASE_POOL', 'a number of connections, from 1 to 1000');
}

/** `MEET_ADMIN_KEY` of a server: who has it manages all meetings. Throws `BAD_CONFIG`. */
export function readAdminKey(env: Environment): string | undefined {
  const key = env.MEET_ADMIN_KEY || undefined;
  if (key === undefined || /^[\x21-\x7e]{32,}$/.test(key)) return key;
  throw new MeetError(
    'BAD_CONFIG',
    'MEET_ADMIN_KEY must have 32 characters or more, without spaces; make one with: openssl rand -base64 32',
  );
}

const MOST_DRAIN_MS = 10 * 60_000;

/**
 * `MEET_DRAIN=5s`: how long a server that is stopped answers on, while /readyz tells others to send nobody anymore. Undefined
 * when unset. Throws `BAD_CONFIG`.
 */
export function readDrain(env: Environment): number | undefined {
  const text = env.MEET_DRAIN;
  if (!text) return undefined;
  if (/^0s?$/.test(text)) return 0;
  const ms = durationOf(text);
  if (ms <= MOST_DRAIN_MS) return ms;
  throw bad('MEET_DRAIN', 'a duration of 10m at most, like 5s');
}

function durationOf(text: string): number {
  try {
    return parseDuration(text);
  } catch {
    return Number.POSITIVE_INFINITY;
  }
}

function bad(name: string, expected: string): MeetError {
  return new MeetError('BAD_CONFIG', `${name} must be ${expected}; mend it or unset it.`);
}
