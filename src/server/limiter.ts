import { createHash } from 'node:crypto';
import { MeetError } from '../core/errors.ts';
import { createNewest, type Newest } from '../core/newest.ts';
import type { Count, CounterStore } from '../store/counters.ts';

/** Counts of what happened, each in a window of time that begins with its first. */
export interface Limiter {
  /** Counts one more, and tells how many there were in this window, and how long it lasts yet (ms). */
  hit(name: string, windowMs: number): Standing;
  /** The same without counting. */
  look(name: string): Standing;
  close(): void;
}

export interface Standing {
  readonly current: number;
  readonly ttl: number;
}

export interface LimiterOptions {
  /** Counts together with the other servers on the same database; without it in this process alone. */
  readonly counters?: CounterStore | null;
  /** How long a count may take to reach the others, in ms. */
  readonly shareMs?: number;
  readonly now?: () => number;
}

interface Entry {
  /** What all servers had counted when we last asked. */
  shared: number;
  /** Counted here since. */
  own: number;
  until: number;
}

/** A flood from many addresses must not fill the memory; then the oldest are forgotten, whose windows are over first. */
const MOST_ENTRIES = 50_000;
const MOST_AT_ONCE = 500;
const DROP_EVERY_MS = 60_000;

/**
 * Counts in memory, and a few times a second tells the shared counters what came and asks where they stand. So no request
 * waits for the database; a flood over N servers gets N times further for that moment, and no more. While the database is
 * away each server goes on with what it knows and sees itself: nobody is let through uncounted, and nobody shut out.
 */
export function createLimiter(options: LimiterOptions = {}): Limiter {
  const { counters = null, shareMs = 250, now = Date.now } = options;
  const unshared = new Set<string>();
  const entries = createNewest<Entry>(MOST_ENTRIES, name => unshared.delete(name));
  let timer: NodeJS.Timeout | undefined;
  let droppedAt = now();
  let closed = false;

  const enter = (name: string, windowMs: number): Entry => {
    const known = entries.get(name);
    if (known && known.until > now()) return known;
    const entry = { shared: 0, own: 0, until: now() + windowMs };
    entries.set(name, entry);
    return entry;
  };

  const share = async (store: CounterStore) => {
    const names = firstOf(unshared, MOST_AT_ONCE);
    // Also those that have nothing new to tell.
    for (const name of names) unshared.delete(name);
    const sent = new Map(names.flatMap(name => countOf(name, entries.get(name), now())));
    try {
      if (sent.size > 0)
        settle(
          entries,
          sent,
          await store.add(
            [...sent.values()].map(({ count }) => count),
            now(),
          ),
        );
      if (now() - droppedAt < DROP_EVERY_MS) return;
      droppedAt = now();
      await store.drop(now());
    } catch (error) {
      // What the database would not take once it will not take again, and nothing else would come through any more.
      if (!(error instanceof MeetError) || error.code !== 'STORE_FAILED') return;
      for (const { name } of sent.values()) if (entries.get(name)) unshared.add(name);
    }
  };

  const plan = () => {
    if (!counters || closed || timer) return;
    timer = setTimeout(async () => {
      await share(counters);
      timer = undefined;
      if (unshared.size > 0) plan();
    }, shareMs).unref();
  };

  return {
    hit(name, windowMs) {
      const entry = enter(name, windowMs);
      entry.own += 1;
      if (counters) unshared.add(name);
      plan();
      return standingOf(entry, now());
    },
    look(name) {
      const entry = entries.get(name);
      return entry && entry.until > now() ? standingOf(entry, now()) : { current: 0, ttl: 0 };
    },
    close() {
      closed = true;
      clearTimeout(timer);
    },
  };
}

const standingOf = ({ shared, own, until }: Entry, now: number): Standing => ({
  current: shared + own,
  ttl: until - now,
});

/** A count on its way, under the name that the others know it by. */
interface Sent {
  /** Ours, in memory. */
  readonly name: string;
  readonly count: Count;
}

/** Names have in them what visitors made up: of any length, and with characters that no database takes. */
const sharedName = (name: string): string => createHash('sha256').update(name).digest('base64url');

function countOf(name: string, entry: Entry | undefined, now: number): [string, Sent][] {
  if (!entry || entry.own === 0 || entry.until <= now) return [];
  const shared = sharedName(name);
  return [[shared, { name, count: { name: shared, hits: entry.own, until: entry.until } }]];
}

/** What was counted here while the answer was on its way stays our own. */
function settle(entries: Newest<Entry>, sent: ReadonlyMap<string, Sent>, standing: readonly Count[]): void {
  for (const { name: shared, hits, until } of standing) {
    const own = sent.get(shared);
    const entry = own && entries.get(own.name);
    if (!entry) continue;
    // A new window may have begun here meanwhile; then nothing of what was sent is in it.
    entry.own = Math.max(0, entry.own - own.count.hits);
    entry.shared = hits;
    entry.until = until;
  }
}

/** A flood makes it long, of which a copy would be made in vain. */
function firstOf(names: Iterable<string>, most: number): string[] {
  const first: string[] = [];
  for (const name of names) if (first.push(name) === most) break;
  return first;
}
