import pg from 'pg';
import { MeetError } from '../core/errors.ts';

/** For a connection, whether it must be made or one of the pool gets free. */
const CONNECT_MS = 5_000;

const INT8 = 20;
// Milliseconds and counts: all far below 2^53. In this pool only, since others in this process may want strings.
const types: pg.CustomTypesConfig = {
  getTypeParser: (oid: number, format: 'text' | 'binary' = 'text') =>
    oid === INT8 ? Number : (pg.types.getTypeParser(oid, format as 'text') as (text: string) => unknown),
};

/** Of PostgreSQL's `sslmode`s, those that mean here what they mean there; `allow` would try without encryption first. */
const SSL_MODES = ['disable', 'prefer', 'require', 'verify-ca', 'verify-full'];

/** Where it is, for people, and what `pg` makes of the URL. Throws `BAD_CONFIG`, without what is secret in it. */
export function readPostgresUrl(text: string): { place: string; config: pg.ClientConfig } {
  try {
    const url = new URL(text);
    checkMode(url.searchParams.get('sslmode'));
    // As PostgreSQL's own programs read it; pg's reading is another one, and about to change.
    if (url.searchParams.has('sslmode')) url.searchParams.set('uselibpqcompat', 'true');
    const config = {
      connectionString: url.href,
      types,
      connectionTimeoutMillis: CONNECT_MS,
      keepAlive: true,
      fallback_application_name: 'meet',
    };
    const { host, port, database } = new pg.Client(config);
    return { place: `${host}:${port}/${database}`, config };
  } catch (cause) {
    if (cause instanceof MeetError) throw cause;
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new MeetError(
      'BAD_CONFIG',
      `MEET_DATABASE_URL cannot be used (${why}); make it like postgres://user:password@host:5432/meet.`,
    );
  }
}

/** pg would take a mode with a typing error for none of them, and each differently. */
function checkMode(mode: string | null): void {
  if (mode === null || SSL_MODES.includes(mode)) return;
  throw new MeetError(
    'BAD_CONFIG',
    `The sslmode in MEET_DATABASE_URL is none that meet knows; make it ${SSL_MODES.join(', ')}: verify-full over a network, require where nothing can be verified.`,
  );
}
