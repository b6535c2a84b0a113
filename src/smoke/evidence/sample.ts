/** Milliseconds between two samples of a page. */
export const SAMPLE_MS = 500;

/** What one frame's connections say of themselves at one moment, as the probe tells it. Totals since the connection began. */
export interface RawSample {
  /** Milliseconds since the epoch. */
  readonly t: number;
  /** Of the document that told it: a tab has one after the other, and frames. */
  readonly document: string;
  readonly connections: readonly RawConnection[];
}

export interface RawConnection {
  /** The same for the same connection of a page. */
  readonly id: string;
  readonly state: string;
  readonly ice: string;
  readonly streams: readonly RawStream[];
  readonly pairs: readonly CandidatePair[];
  /** Candidates that were found here, and those that the other side named. */
  readonly local: readonly Candidate[];
  readonly remote: readonly Candidate[];
}

export interface RawStream {
  readonly id: string;
  readonly way: 'in' | 'out';
  readonly media: 'audio' | 'video';
  readonly bytes: number;
  /** Decoded or encoded; 0 for audio. */
  readonly frames: number;
  readonly packets: number;
  readonly lost: number;
  /** Seconds; null where nobody told. */
  readonly jitter: number | null;
  readonly roundTrip: number | null;
}

export interface Candidate {
  readonly id: string;
  readonly type: string;
  readonly protocol: string;
  readonly address: string;
  readonly port: number;
}

export interface CandidatePair {
  readonly local: string;
  readonly remote: string;
  readonly state: string;
  readonly nominated: boolean;
  readonly requestsSent: number;
  readonly responsesReceived: number;
  readonly bytes: number;
  /** Seconds; null before the first answer. */
  readonly roundTrip: number | null;
}
