import type { Page } from 'playwright-core';
import type { BrowserSearch } from './browser/find-browser.ts';
import type { Api } from './doors/api.ts';
import type { SmokeMeetings } from './doors/meetings.ts';
import type { Visitors } from './doors/visitors.ts';
import type { Linter } from './lint/linter.ts';
import type { PagePlan } from './pages/page-plan.ts';
import type { Cast } from './people/cast.ts';
import type { PhaseName, PhaseResult } from './phase.ts';
import type { PhaseLimits, PhaseRunner } from './phase-runner.ts';
import type { ReportDraft, SmokeReport } from './report/report.ts';
import type { Scenario, Verdict } from './scenarios/scenario.ts';
import type { Watcher } from './watcher.ts';

/** The private server of one run. */
export interface SmokeServer {
  readonly url: string;
  readonly adminKey: string;
  readonly sdk: { readonly name: string; readonly version: string };
  /** Lets what it says of its meetings go by a clock that is so many milliseconds ahead; left out where it goes by ours alone. */
  readonly moveClock?: (aheadMs: number) => void;
  stop(): Promise<void>;
}

/** Changes a page before it loads anything; `fail` ends the run when the page can never get into the call. */
export type Prepare = (page: Page, fail: (words: string, phase: PhaseName) => void) => Promise<void>;

/** What a run needs from outside; the smoke test itself knows neither our server nor the environment. */
export interface SmokeOptions {
  readonly startServer: () => Promise<SmokeServer>;
  readonly backend: 'emulator' | 'cloud';
  readonly browser: BrowserSearch;
  /** The built probe, dist/smoke/probe.js. */
  readonly probeFile: string;
  readonly now: () => number;
  /** Aborts when the user wants no more: the run ends with a partial report. */
  readonly signal: AbortSignal;
  /** Milliseconds for the whole run. */
  readonly deadlineMs: number;
  /** Milliseconds for phases that shall have another limit than their own. */
  readonly limits?: PhaseLimits | undefined;
  /** A page of the user's, instead of our own. */
  readonly page?: PagePlan | undefined;
  /** Who meets. */
  readonly cast: Cast;
  /** Done to everybody's page before it loads anything. */
  readonly prepare?: Prepare | undefined;
  readonly watchers?: readonly Watcher[];
  /** Looks for broken rules while the pages run; left out where nobody wants to know. */
  readonly linter?: Linter | undefined;
  /** Played after the meeting, in this order. */
  readonly scenarios?: readonly Scenario[];
  readonly onScenarioStart?: (name: string) => void;
  readonly onScenarioEnd?: (verdict: Verdict) => void;
  readonly onStart?: (name: PhaseName) => void;
  readonly onEnd?: (result: PhaseResult) => void;
  /** Told, in words, what did not close as it should; the run's result is what it was. */
  readonly onTrouble?: (words: string) => void;
  /** Called at the end, before anything is closed, with the meeting's link if there is one; closing waits for it. */
  readonly keep?: ((report: SmokeReport, link: string | null) => Promise<void>) | undefined;
}

/** One run on its way. */
export interface Scene {
  readonly options: SmokeOptions;
  readonly runner: PhaseRunner;
  readonly draft: ReportDraft;
  readonly watchers: readonly Watcher[];
  /** Undone at the end, side by side, whatever happened; what rejects, or takes too long, is told and left. */
  readonly undo: (step: () => Promise<unknown>) => void;
}

/** The private server with its meetings, and those who knock there. */
export interface House {
  readonly server: SmokeServer;
  readonly api: Api;
  readonly meetings: SmokeMeetings;
  readonly visitors: Visitors;
}

export const SECOND = 1000;
