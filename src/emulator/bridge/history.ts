import { createRewriter, type Rewriter } from './rewriter.ts';

/**
 * What one receiver was sent under one source so far. It outlives the track: a camera that was off comes back under
 * the same source, and must not begin again with numbers that were used. SRTP's receiver takes those for replays, and
 * AES-GCM encrypts no two packets safely under one number (RFC 7714, 9.3).
 */
export interface History {
  readonly rewriter: Rewriter;
  packets: number;
  octets: number;
  /** The number of the latest retransmission. */
  rtxSequence: number;
}

/** The histories of one receiver, by announced source. */
export interface Histories {
  of(source: number): History;
}

/** As many as the sources that an SRTP receiver keeps apart; who makes more of them loses the oldest. */
const MOST_HISTORIES = 512;

export function createHistory(): History {
  return { rewriter: createRewriter(), packets: 0, octets: 0, rtxSequence: 0 };
}

export function createHistories(): Histories {
  const histories = new Map<number, History>();
  return {
    of(source) {
      const history = histories.get(source) ?? createHistory();
      // A Map keeps the order of insertion: put last again, the first is the one that was quiet longest.
      histories.delete(source);
      histories.set(source, history);
      const oldest = histories.size > MOST_HISTORIES ? histories.keys().next().value : undefined;
      if (oldest !== undefined) histories.delete(oldest);
      history.rewriter.reset();
      return history;
    },
  };
}
