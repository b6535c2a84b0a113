import { setTimeout } from 'node:timers/promises';
import type { MeetingStore } from '../store/store.ts';

/** At a time: while they are removed, everybody else waits for the database. */
const BATCH = 200;
const EVERY_MS = 10 * 60_000;
/** Between two batches, for everybody else. */
const PAUSE_MS = 100;

/** Events are tried for a day, and a moment more while one is on its way. */
const TRIED_MS = 25 * 3_600_000;

export interface SweeperOptions {
  readonly store: Pick<MeetingStore, 'audit' | 'outbox'>;
  /** How long rows stay, in milliseconds. */
  readonly keepMs: number;
  readonly now?: () => number;
  readonly everyMs?: number;
  readonly onFailure?: (error: unknown) => void;
}

/**
 * Removes audit rows and undelivered events that are too old, in the background, a few at a time. Any number of servers may
 * do it at once: what one has removed the other does not find. Returns the end of it.
 */
export function startSweeper(options: SweeperOptions): () => Promise<void> {
  const { store, keepMs, now = Date.now, everyMs = EVERY_MS, onFailure = () => {} } = options;
  const stopping = new AbortController();
  // Rejects when we stop, also when that was before.
  const pause = (ms: number) => setTimeout(ms, undefined, { signal: stopping.signal }).catch(() => {});

  const sweep = async (): Promise<void> => {
    for (;;) {
      if (stopping.signal.aborted) return;
      const before = now() - keepMs;
      const removed =
        (await store.audit.removeBefore(before, BATCH)) +
        (await store.outbox.removeBefore(before, now() - TRIED_MS, BATCH));
      if (removed === 0) return;
      await pause(PAUSE_MS);
    }
  };
  const run = async (): Promise<void> => {
    while (!stopping.signal.aborted) {
      await sweep().catch(onFailure);
      await pause(everyMs);
    }
  };
  const ended = run();

  return async () => {
    stopping.abort();
    await ended;
  };
}
