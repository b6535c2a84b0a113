import { smokeFailure } from '../phase.ts';
import { limitSignal, rejectOn } from '../signals.ts';

/** A wait with an end of its own, earlier than its scenario's. */
export interface Patience {
  readonly ms: number;
  readonly signal: AbortSignal;
  /** Why nothing happened, for the failure. */
  explain(): Promise<string> | string;
}

/** Does the work; throws SMOKE_FAILED with the explanation when it is not done in time. */
export async function within<T>(
  { ms, signal, explain }: Patience,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const limit = limitSignal(signal, ms, `waited ${ms / 1000} s`);
  try {
    return await Promise.race([work(limit.signal), rejectOn(limit.signal)]);
  } catch (error) {
    if (!limit.signal.aborted || signal.aborted) throw error;
    throw smokeFailure(`${await explain()} (waited ${ms / 1000} s)`);
  } finally {
    limit.release();
  }
}
