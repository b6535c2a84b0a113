import { MeetError } from '../core/errors.ts';

/**
 * What to do about a failure, by what its code begins with: PostgreSQL's own (postgresql.org/docs/current/errcodes-appendix.html),
 * or one of Node's or pg's. A code that is not here is a bug of ours.
 */
const FIXES: readonly (readonly [code: RegExp, fix: string])[] = [
  [/^28P01/, 'refuses this user; check user and password in MEET_DATABASE_URL'],
  [
    /^28/,
    'refuses this user from here, or without TLS; check user and sslmode in MEET_DATABASE_URL, and pg_hba.conf',
  ],
  [/^3D000/, 'has no such database; make it with createdb, or mend MEET_DATABASE_URL'],
  [/^53300/, 'has no connection left; raise its max_connections, or lower MEET_DATABASE_POOL'],
  [/^(53100|ENOSPC)/, 'has no disk space left; free some'],
  [/^53/, 'is short of memory or other resources; look at its log'],
  [/^25006/, 'takes no changes, as a standby does; give MEET_DATABASE_URL the primary'],
  [/^42501/, 'denies this user; grant it the tables, and for migrations the right to make them'],
  [/^(55P03|57014|25P03|40|TIMEOUT)/, 'did not answer in time; try again, and see what keeps it busy'],
  [/^57P0/, 'is starting or stopping; try again soon'],
  [/^(58|XX00|F0)/, 'is damaged or cannot use its disk; look at its log'],
  [/^(ENOTFOUND|EAI_)/, 'is not known by that name; check the host in MEET_DATABASE_URL'],
  [
    /^ERR_TLS_CERT_ALTNAME/,
    'has a certificate for another name; give MEET_DATABASE_URL a host that is in it, or get one for this host',
  ],
  [
    /^(SELF_SIGNED|DEPTH_ZERO|UNABLE_TO)/,
    "has a certificate of nobody whom this machine trusts; name its authority's file by sslrootcert in MEET_DATABASE_URL",
  ],
  [/^NO_TLS/, 'does not speak TLS; switch it on there, or check sslmode in MEET_DATABASE_URL'],
  [
    /^(CERT_|ERR_TLS|ERR_SSL|HOSTNAME_)/,
    'cannot be reached by TLS; check sslmode and sslrootcert in MEET_DATABASE_URL',
  ],
  [
    /^(08|LOST|ECONN|EHOST|ENET|ETIMEDOUT|EPIPE|ENOENT|EACCES)/,
    'does not answer; start it, or check host and port in MEET_DATABASE_URL',
  ],
];

/** What pg tells without a code. */
const MESSAGES: readonly (readonly [message: RegExp, code: string])[] = [
  [/does not support SSL|SSL negotiation|response to SSL/i, 'NO_TLS'],
  [/read timeout|timeout exceeded|connection timeout|timeout expired/i, 'TIMEOUT'],
  [/terminated|not queryable|connection (was )?(closed|error)|after calling end/i, 'LOST'],
  [/password must be a string|SASL|SCRAM/, '28P01'],
];

function codeOf(error: Error): string {
  const { code } = error as { code?: unknown };
  if (code) return String(code);
  return MESSAGES.find(([message]) => message.test(error.message))?.[1] ?? '';
}

/** The five characters with which PostgreSQL itself says what is wrong; undefined when not PostgreSQL says it. */
export function sqlStateOf(error: unknown): string | undefined {
  if (!(error instanceof Error) || !('severity' in error)) return undefined;
  return codeOf(error);
}

/** Whether the database has answered, so that the connection goes on: not when it says that it ends. */
export function isAnswer(error: unknown): boolean {
  const state = sqlStateOf(error);
  return state !== undefined && !/^(57P0|08|25P0[34])/.test(state);
}

/** Turns a failure of the database at `place` into `STORE_FAILED` with the fix; gives back anything else as it is. */
export function explainPostgresError(error: unknown, place: string): unknown {
  if (!(error instanceof Error) || error instanceof MeetError) return error;
  const code = codeOf(error);
  if (code === '22021') {
    return new MeetError('BAD_REQUEST', 'Text with the character U+0000 cannot be stored; leave it out.');
  }
  const fix = FIXES.find(([pattern]) => pattern.test(code))?.[1];
  if (!fix) return error;
  return new MeetError('STORE_FAILED', `The meeting store failed (${code}): PostgreSQL at ${place} ${fix}.`, {
    cause: error,
    detail: { database: place, code },
  });
}
