import type { SmokeReport } from '../report/report.ts';
import type { ActKind } from '../watcher.ts';
import type { Rates } from './rates.ts';
import type { RawConnection } from './sample.ts';

/** Everything the report page shows. Times are milliseconds since the run began; nothing in it is secret any more. */
export interface Evidence {
  readonly report: SmokeReport;
  /** Milliseconds since the epoch. */
  readonly startedAt: number;
  readonly totalMs: number;
  readonly versions: Versions;
  readonly acts: readonly Act[];
  readonly people: readonly PersonEvidence[];
  /** What the private server and its emulator told of the run's sessions. */
  readonly server: readonly TimelineEvent[];
  readonly pictures: readonly Picture[];
  /** Names of trace files beside the page. */
  readonly traces: readonly string[];
}

/** What was installed where the run was; the report has the SDK and the browser. */
export interface Versions {
  readonly meet: string;
  readonly node: string;
  readonly system: string;
}

/** A phase or a scenario; one that never ended has neither end nor result. */
export interface Act {
  readonly name: string;
  readonly kind: ActKind;
  readonly start: number;
  readonly end: number | null;
  readonly ok: boolean | null;
}

export interface PersonEvidence {
  readonly name: string;
  readonly role: string;
  /** Of her picture, in degrees. */
  readonly hue: number;
  readonly events: readonly TimelineEvent[];
  readonly lines: readonly ConsoleLine[];
  readonly requests: readonly RequestLine[];
  readonly rates: readonly Rates[];
  readonly connections: readonly RawConnection[];
  /** Why she has no connection, in words; null when she has one. */
  readonly reason: string | null;
}

export type Tone = 'good' | 'bad' | 'plain';

export interface TimelineEvent {
  readonly t: number;
  readonly kind: string;
  readonly text: string;
  readonly tone: Tone;
}

export interface ConsoleLine {
  readonly t: number;
  readonly level: string;
  readonly text: string;
  readonly place: string;
}

export interface RequestLine {
  readonly t: number;
  readonly method: string;
  readonly url: string;
  /** null while there is no answer. */
  readonly status: number | null;
  readonly ms: number | null;
  readonly failure: string | null;
  /** How it ended otherwise, in words; null where the status says it. */
  readonly result: string | null;
}

export interface Picture {
  readonly t: number;
  readonly person: string;
  /** The phase or scenario at whose end it was taken. */
  readonly act: string;
  /** A `data:` URL. */
  readonly source: string;
}
