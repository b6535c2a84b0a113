/** How much somebody may do: `burst` at once, and `perSecond` in the long run (a token bucket). */
export interface Allowance {
  /** Whether there is enough left; then it is used up. */
  take(cost: number): boolean;
}

export interface AllowanceOptions {
  readonly burst: number;
  readonly perSecond: number;
  /** Milliseconds; must not run backwards. */
  readonly now: () => number;
}

/** Begins full. */
export function createAllowance({ burst, perSecond, now }: AllowanceOptions): Allowance {
  let left = burst;
  let at = now();
  return {
    take(cost) {
      left = Math.min(burst, left + ((now() - at) / 1_000) * perSecond);
      at = now();
      if (cost > left) return false;
      left -= cost;
      return true;
    },
  };
}
