import type { Database, Statement } from 'libsql';
import type { Meeting } from '../core/meeting.ts';
import { createNewest } from '../core/newest.ts';
import { isFree } from './free.ts';
import { type MeetingRow, toMeeting } from './rows.ts';

/** The gate's own question, asked with every request, past Kysely. */
export interface Reader {
  /** Undefined where the longer way has to be gone: within somebody's transaction, whose changes may be taken back yet. */
  find(sessionId: string): Meeting | null | undefined;
  /** What is remembered and still so. Throws nothing. */
  recall(sessionId: string): Meeting | undefined;
  /** For who changes a meeting on this connection; within the transaction, since nothing is remembered while it lasts. */
  forget(sessionId: string): void;
}

const MOST_REMEMBERED = 10_000;

/**
 * Remembers the meetings that were asked for as long as no other connection, of this process or another one, has committed
 * anything: SQLite says so by its data version (sqlite.org/pragma.html), which takes a tenth of the time of a row. It looks at
 * the database itself, once in a turn of the event loop: nobody who is answered in this one can have heard of what others
 * commit meanwhile.
 */
export function createReader(database: Database, capacity = MOST_REMEMBERED): Reader {
  const meetings = createNewest<Meeting>(capacity);
  let seen: unknown;
  let version: Statement | undefined;
  let select: Statement | undefined;
  let looked = false;

  const forgetOutdated = () => {
    if (looked) return;
    version ??= database.prepare('pragma data_version').raw();
    const [now] = version.get() as unknown as [number];
    looked = true;
    setImmediate(() => {
      looked = false;
    });
    if (now === seen) return;
    seen = now;
    meetings.clear();
  };
  const remember = (row: MeetingRow): Meeting => {
    const meeting = toMeeting(row);
    meetings.set(row.session_id, meeting);
    return meeting;
  };

  const recall = (sessionId: string): Meeting | undefined => {
    if (!isFree(database)) return undefined;
    try {
      forgetOutdated();
    } catch {
      return undefined;
    }
    return meetings.get(sessionId);
  };

  return {
    recall,
    find(sessionId) {
      if (!isFree(database)) return undefined;
      // Before the row is read: one that is newer than the version is read again, an older one would stay.
      const known = recall(sessionId);
      if (known) return known;
      select ??= database.prepare('select * from meetings where session_id = ?');
      const row = select.get(sessionId) as MeetingRow | undefined;
      return row ? remember(row) : null;
    },
    forget: meetings.delete,
  };
}
