/** Bits per second, smoothed. */
export interface RateMeter {
  add(bytes: number): void;
  /** Closes a window when one is over; to be called several times a second. */
  settle(nowMs: number): void;
  readonly rate: number;
}

const WINDOW_MS = 500;
/** The share of the latest window. */
const WEIGHT = 0.5;

export function createRateMeter(): RateMeter {
  let bytes = 0;
  let since = Number.NaN;
  let rate = 0;

  return {
    add(more) {
      bytes += more;
    },
    settle(nowMs) {
      if (Number.isNaN(since)) since = nowMs;
      const passed = nowMs - since;
      if (passed < WINDOW_MS) return;
      const latest = (bytes * 8 * 1000) / passed;
      // A stream that begins or stops is believed at once.
      rate = rate === 0 || latest === 0 ? latest : rate + (latest - rate) * WEIGHT;
      bytes = 0;
      since = nowMs;
    },
    get rate() {
      return rate;
    },
  };
}
