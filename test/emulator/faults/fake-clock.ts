import type { Clock } from '../../../src/emulator/faults/clock.ts';

/** A clock that stands until it is moved, and runs what falls due on the way at its own time. */
export interface FakeClock extends Clock {
  advance(ms: number): void;
  /** How many timers are set. */
  readonly timers: number;
}

export function createFakeClock(): FakeClock {
  let now = 0;
  const timers = new Set<{ readonly at: number; readonly run: () => void }>();
  const next = (until: number) => [...timers].filter(({ at }) => at <= until).sort((a, b) => a.at - b.at)[0];

  return {
    now: () => now,
    after(ms, run) {
      const timer = { at: now + ms, run };
      timers.add(timer);
      return () => void timers.delete(timer);
    },
    advance(ms) {
      const until = now + ms;
      for (let timer = next(until); timer; timer = next(until)) {
        timers.delete(timer);
        now = timer.at;
        timer.run();
      }
      now = until;
    },
    get timers() {
      return timers.size;
    },
  };
}
