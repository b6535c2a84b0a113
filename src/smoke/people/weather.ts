/** Totals of what came in at somebody's page; `t` in milliseconds since the epoch. */
export interface Traffic {
  readonly t: number;
  /** In packets. */
  readonly soundReceived: number;
  readonly soundLost: number;
  readonly jitterMs: number;
  /** Of the connectivity checks, which come every few seconds. */
  readonly roundTripMs: number;
  readonly bytes: number;
}

/** What the network did over some time. */
export interface Weather {
  /** The end of that time, milliseconds since the epoch. */
  readonly t: number;
  readonly soundPackets: number;
  /** Percent of the packets of sound. */
  readonly lossPercent: number;
  readonly jitterMs: number;
  readonly roundTripMs: number;
  readonly kilobitsPerSecond: number;
}

/** Pure. */
export function weatherBetween(before: Traffic, after: Traffic): Weather {
  const received = after.soundReceived - before.soundReceived;
  const lost = Math.max(0, after.soundLost - before.soundLost);
  const seconds = (after.t - before.t) / 1000;
  return {
    t: after.t,
    soundPackets: received + lost,
    lossPercent: (100 * lost) / Math.max(1, received + lost),
    jitterMs: after.jitterMs,
    roundTripMs: after.roundTripMs,
    kilobitsPerSecond: ((after.bytes - before.bytes) * 8) / 1000 / Math.max(0.001, seconds),
  };
}
