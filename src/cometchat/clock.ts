import { setTimeout as sleep } from 'node:timers/promises';

/** Time and chance, as arguments. */
export interface Clock {
  /** Milliseconds that never go back; of no meaning but their difference. */
  now(): number;
  sleep(ms: number): Promise<unknown>;
  /** From 0 to 1, without 1. */
  random(): number;
}

export const SYSTEM_CLOCK: Clock = {
  now: () => performance.now(),
  sleep: ms => sleep(ms),
  random: () => Math.random(),
};
