/** How much one receiver can take, judged by what it reports of the way to it. */
export interface Bandwidth {
  /** Its own estimate (REMB), in bits per second, while `sent` was being sent to it. */
  onEstimate(bitsPerSecond: number, sent: number, floor: number, nowMs: number): void;
  /** Its losses, 0 to 1. Losses alone never take it below `floor`, the least that shows everybody, in bits per second. */
  onLoss(fraction: number, sent: number, floor: number, nowMs: number): void;
  /** Bits per second, infinite without a sign of trouble. */
  available(nowMs: number): number;
}

/**
 * An estimate cannot tell how much more would get through than what is sent. So it counts only when it falls, below
 * what is sent: then the way is full. After a while more is tried; each failure makes the next try wait longer.
 */
const FALL = 0.97;
/**
 * What arrives after random losses is less than what is sent, and an estimate is less than what arrives. Only below this
 * share of the least that shows everybody is the way too narrow for that; else each picture left out would lower the next
 * estimate. And only with losses: a queue that is full drops packets, where a busy processor merely looks at them late.
 */
const TOO_NARROW = 0.5;
const RECENT_LOSS_MS = 3_000;
const HIGH_LOSS = 0.1;
const LOSS_INTERVAL_MS = 1_000;
const FIRST_HOLD_MS = 5_000;
/** A call on a train gets its sharp picture back soon after the tunnel; a line that stays narrow bears a try that often. */
const LONGEST_HOLD_MS = 15_000;
/** A limit that comes this soon after the last one was lifted means that the try failed. */
const FAILED_WITHIN_MS = 10_000;
const GROWTH_PER_SECOND = 1.25;
const LEAST = 30_000;
/** More than everything a conference sends. */
const PLENTY = 50_000_000;

export function createBandwidth(): Bandwidth {
  let cap = Number.POSITIVE_INFINITY;
  let holdUntil = Number.NEGATIVE_INFINITY;
  let holdMs = FIRST_HOLD_MS;
  let lastEstimate = 0;
  let lossAt = Number.NEGATIVE_INFINITY;

  const available = (nowMs: number) => {
    if (nowMs < holdUntil) return cap;
    const grown = cap * GROWTH_PER_SECOND ** ((nowMs - holdUntil) / 1000);
    return grown > PLENTY ? Number.POSITIVE_INFINITY : grown;
  };
  const limit = (bitsPerSecond: number, nowMs: number) => {
    const isHeld = nowMs < holdUntil;
    if (!isHeld)
      holdMs = nowMs - holdUntil < FAILED_WITHIN_MS ? Math.min(LONGEST_HOLD_MS, holdMs * 2) : FIRST_HOLD_MS;
    cap = Math.max(LEAST, bitsPerSecond);
    holdUntil = nowMs + holdMs;
  };

  return {
    onEstimate(bitsPerSecond, sent, floor, nowMs) {
      const fell = bitsPerSecond < lastEstimate * FALL && bitsPerSecond < sent;
      lastEstimate = bitsPerSecond;
      const isNarrow = bitsPerSecond < floor * TOO_NARROW && nowMs - lossAt <= RECENT_LOSS_MS;
      if (fell) limit(isNarrow ? bitsPerSecond : Math.max(floor, bitsPerSecond), nowMs);
    },
    onLoss(fraction, sent, floor, nowMs) {
      if (fraction <= HIGH_LOSS || nowMs - lossAt < LOSS_INTERVAL_MS) return;
      lossAt = nowMs;
      const less = Math.max(floor, sent * (1 - 0.5 * fraction));
      if (less < available(nowMs)) limit(less, nowMs);
      else holdUntil = Math.max(holdUntil, nowMs + LOSS_INTERVAL_MS);
    },
    available,
  };
}
