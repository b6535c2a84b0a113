import { type AuditRecord, firstIdAt } from '../core/audit.ts';
import { MeetError } from '../core/errors.ts';
import type { AuditQuery } from '../store/audit.ts';
import type { Find } from './read-trail.ts';

export type Query = Omit<AuditQuery, 'limit' | 'olderThan' | 'newerThan'>;

const FOLLOW_MS = 1_000;
const LONGEST_PAUSE_MS = 15_000;
const MOST_AT_ONCE = 1_000;
/**
 * A row has the time of its request, and comes when it is stored: later ones may be there before it, by other servers' clocks,
 * and by as much as a database that restarts keeps a statement waiting.
 */
const OVERLAP_MS = 30_000;

/** What is gone by itself: a server or a database that restarts, and too many questions. */
const PASSING = new Set<string>(['NO_SERVER', 'STORE_FAILED', 'RATE_LIMITED', 'UNAVAILABLE', 'INTERNAL']);

export function isPassing(error: unknown): error is MeetError {
  return error instanceof MeetError && PASSING.has(error.code);
}

/** How long to wait (ms) before the next question, when so many have failed one after the other. */
export function pauseAfter(failures: number): number {
  return Math.min(LONGEST_PAUSE_MS, FOLLOW_MS * 2 ** Math.max(0, failures - 1));
}

/** Gives each row of an audit trail that grows once. */
export interface Follower {
  /** From now on rows are new; those that are there are not. */
  begin(): Promise<void>;
  /** Those neither. */
  shown(records: readonly AuditRecord[]): void;
  /** The new ones, the oldest first. What one failed to read the next one gives. */
  next(): Promise<AuditRecord[]>;
}

export function createFollower(find: Find, query: Query, now: () => number): Follower {
  const seen = new Set<string>();
  // By the clock of who makes the rows, which may be another one than ours.
  let newest = 0;

  const note = (records: readonly AuditRecord[]) => {
    for (const { id, at } of records) {
      seen.add(id);
      newest = Math.max(newest, at);
    }
  };
  // One of the future, by a clock that was set back since, must not hide all that come until then.
  const since = () => Math.max(query.since ?? 0, Math.min(newest, now()) - OVERLAP_MS);
  const recent = async (): Promise<AuditRecord[]> => {
    const found: AuditRecord[] = [];
    for (;;) {
      const cursor = found.at(-1)?.id;
      const more = cursor === undefined ? {} : { olderThan: cursor };
      const page = await find({ ...query, since: since(), ...more, limit: MOST_AT_ONCE });
      found.push(...page);
      if (page.length < MOST_AT_ONCE) return found;
    }
  };

  return {
    async begin() {
      note(await find({ ...query, limit: 1 }));
      note(await recent());
    },
    shown: note,
    async next() {
      const fresh = (await recent()).filter(({ id }) => !seen.has(id)).reverse();
      note(fresh);
      const first = firstIdAt(since());
      for (const id of seen) if (id < first) seen.delete(id);
      return fresh;
    },
  };
}
