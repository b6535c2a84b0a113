/** Ctrl-C, a pipeline's own end, and a terminal that is closed. */
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

export interface Interruption {
  /** Aborts when the user wants no more. */
  readonly signal: AbortSignal;
  release(): void;
}

/**
 * Turns the first signal into an orderly end. The second does not wait for it, but is an exit with `forcedExitCode` and no
 * sudden death: what was started may still be taken along.
 */
export function catchInterruption(forcedExitCode: number): Interruption {
  const interruption = new AbortController();
  const take = () => {
    if (interruption.signal.aborted) process.exit(forcedExitCode);
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
