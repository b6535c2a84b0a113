/** Ctrl-C, a pipeline's own end, and a terminal that is closed. */
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** Milliseconds in which a second SIGINT is the first one's echo: `npm run` passes on what the terminal has sent to us too. */
const ECHO_MS = 100;

export interface Interruption {
  /** Aborts when the user wants no more. */
  readonly signal: AbortSignal;
  release(): void;
}

/**
 * Turns the first signal into an orderly end. The second does not wait for it, but is an exit with `forcedExitCode` and no
 * sudden death: what was started may still be taken along.
 */
export function catchInterruption(forcedExitCode: number, now = () => performance.now()): Interruption {
  const interruption = new AbortController();
  let takenAt = Number.NEGATIVE_INFINITY;
  const take = (signal: NodeJS.Signals) => {
    if (signal === 'SIGINT' && now() - takenAt < ECHO_MS) return;
    if (interruption.signal.aborted) process.exit(forcedExitCode);
    takenAt = now();
    interruption.abort(new Error('interrupted'));
  };
  for (const signal of SIGNALS) process.on(signal, take);
  return {
    signal: interruption.signal,
    release() {
      for (const signal of SIGNALS) process.off(signal, take);
    },
  };
}
