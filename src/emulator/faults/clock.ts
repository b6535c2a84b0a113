/** Time as the faults need it; tests bring their own. */
export interface Clock {
  /** Milliseconds that only ever grow. */
  now(): number;
  /** Runs once, `ms` from now. Returns the undo. */
  after(ms: number, run: () => void): () => void;
}

/** The process's own time. What waits keeps no process alive. */
export const PROCESS_CLOCK: Clock = {
  now: () => performance.now(),
  after(ms, run) {
    // Node cuts fractions off, and would run a little too early again and again.
    const timer = setTimeout(run, Math.ceil(ms)).unref();
    return () => clearTimeout(timer);
  },
};
