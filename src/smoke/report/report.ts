import type { Finding } from '../lint/finding.ts';
import type { MediaProof } from '../people/media.ts';
import type { PhaseResult } from '../phase.ts';
import type { Verdict } from '../scenarios/scenario.ts';

/** What `meet smoke --json` prints. A value that the run did not come to is null. */
export interface SmokeReport {
  readonly ok: boolean;
  readonly exitCode: number;
  readonly backend: 'emulator' | 'cloud';
  readonly sdk: { readonly name: string; readonly version: string } | null;
  readonly browser: string | null;
  readonly phases: readonly PhaseResult[];
  readonly media: Readonly<Record<string, MediaProof>>;
  /** Milliseconds from leaving until the other's page shows it. */
  readonly leave: { readonly gracefulMs: number | null; readonly closedMs: number | null };
  readonly cleanup: { readonly openConnections: number | null; readonly liveTracks: number | null };
  /** Rules that the running pages broke. */
  readonly lint: readonly Finding[];
  /** What was tried after the meeting; left out where nothing was asked for. */
  readonly scenarios?: readonly Verdict[];
  /** What one has to know to judge the run; left out where there is nothing. */
  readonly notice?: string;
}

/** The parts that are filled in while the run goes on. */
export interface ReportDraft {
  /** Of the meeting; not part of the report, since it lets people in. */
  link: string | null;
  sdk: SmokeReport['sdk'];
  browser: string | null;
  media: Record<string, MediaProof>;
  leave: { gracefulMs: number | null; closedMs: number | null };
  cleanup: { openConnections: number | null; liveTracks: number | null };
  lint: Finding[];
  scenarios: Verdict[];
}

export function createDraft(): ReportDraft {
  return {
    link: null,
    sdk: null,
    browser: null,
    media: {},
    leave: { gracefulMs: null, closedMs: null },
    cleanup: { openConnections: null, liveTracks: null },
    lint: [],
    scenarios: [],
  };
}
