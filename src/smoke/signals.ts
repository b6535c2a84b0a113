/** Rejects with the signal's reason once it aborts, else stays open; never an unhandled rejection. */
export function rejectOn(signal: AbortSignal): Promise<never> {
  const ended = new Promise<never>((_, reject) => {
    if (signal.aborted) reject(signal.reason);
    else signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  });
  ended.catch(() => {});
  return ended;
}

/** Resolves at an instant (milliseconds since the epoch), at once when it has passed. */
export function reachInstant(instant: number, now: () => number): Promise<void> {
  return new Promise(resolve => setTimeout(resolve, Math.max(0, instant - now())));
}
