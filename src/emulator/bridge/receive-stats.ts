import { signed32, unwrap } from './sequence.ts';

/** What a report block says of a source (RFC 3550, 6.4.1), but for the times of its sender reports. */
export interface ReceptionReport {
  /** 0 to 255 of 256, since the last report. */
  readonly fractionLost: number;
  readonly lost: number;
  readonly highest: number;
  /** In units of the source's clock. */
  readonly jitter: number;
}

export interface ReceiveStats {
  /** Notes a packet and returns its unwrapped sequence number. */
  note(sequence: number, timestamp: number, nowMs: number): number;
  /** The sequence number unwrapped, of a packet that must not count: a retransmission. */
  place(sequence: number): number;
  /** Null before the first packet. Begins a new interval. */
  report(): ReceptionReport | null;
}

const MOST_LOST = 0x7fffff;

/** Counts one source's packets (RFC 3550, A.3 and A.8). `clockHz` is its media clock. */
export function createReceiveStats(clockHz: number): ReceiveStats {
  let first = -1;
  let highest = 0;
  let received = 0;
  let jitter = 0;
  let transit: number | null = null;
  let reported = { expected: 0, received: 0 };

  const measureJitter = (timestamp: number, nowMs: number) => {
    const next = (Math.round((nowMs * clockHz) / 1000) - timestamp) | 0;
    if (transit !== null) jitter += (Math.abs(signed32(next - transit)) - jitter) / 16;
    transit = next;
  };

  return {
    note(sequence, timestamp, nowMs) {
      // One cycle above zero, so that what is older than the first packet stays positive.
      if (first < 0) first = highest = sequence + 0x10000;
      const unwrapped = unwrap(highest, sequence);
      highest = Math.max(highest, unwrapped);
      received += 1;
      measureJitter(timestamp, nowMs);
      return unwrapped;
    },
    place: sequence => (first < 0 ? sequence + 0x10000 : unwrap(highest, sequence)),
    report() {
      if (first < 0) return null;
      const expected = highest - first + 1;
      const interval = { expected: expected - reported.expected, received: received - reported.received };
      reported = { expected, received };
      const gone = Math.max(0, interval.expected - interval.received);
      return {
        fractionLost: interval.expected > 0 ? Math.min(255, Math.floor((gone * 256) / interval.expected)) : 0,
        lost: Math.min(MOST_LOST, Math.max(0, expected - received)),
        highest: (highest - 0x10000) >>> 0,
        jitter: Math.floor(jitter) >>> 0,
      };
    },
  };
}
