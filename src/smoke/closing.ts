import { endsWithin } from './signals.ts';

/** Milliseconds for closing one thing; more than a browser needs that has to be killed. */
const CLOSE_LIMIT_MS = 6000;

/** Runs the steps side by side, each within its limit; gives the failures in words, and never rejects. */
export async function closeAll(
  steps: readonly (() => Promise<unknown>)[],
  limitMs = CLOSE_LIMIT_MS,
): Promise<string[]> {
  const troubles = await Promise.all(steps.map(step => close(step, limitMs)));
  return troubles.filter(words => words !== null);
}

async function close(step: () => Promise<unknown>, limitMs: number): Promise<string | null> {
  try {
    const closed = await endsWithin(Promise.resolve(step()), limitMs);
    return closed ? null : `something of this run did not close within ${limitMs / 1000} s and was left`;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
