import type { Browser } from 'playwright-core';
import { closeAll } from '../closing.ts';
import { DEADLINE_EXIT_CODE, INTERRUPTED_EXIT_CODE, SCENARIO_EXIT_CODE } from '../phase.ts';
import { type Scene, SECOND } from '../scene.ts';
import { lateSignal, limitSignal, rejectOn } from '../signals.ts';
import type { Venue } from '../venue.ts';
import type { Scenario, Verdict } from './scenario.ts';
import { createStage } from './stage.ts';

export interface Show {
  readonly scene: Scene;
  readonly venue: Venue;
  readonly browser: Browser;
  /** Aborts when the whole run's time is over. */
  readonly signal: AbortSignal;
}

/**
 * Plays them one after the other; one that fails does not keep the next from being tried. Resolves to the exit code: what
 * failed first decides, be it a scenario or the run's time.
 */
export async function playScenarios(scenarios: readonly Scenario[], show: Show): Promise<number> {
  let exitCode = 0;
  for (const scenario of scenarios) {
    const verdict = show.signal.aborted ? leaveOut(scenario, show) : await play(scenario, show);
    show.scene.draft.scenarios.push(verdict);
    if (!verdict.ok || show.signal.aborted) exitCode ||= codeNow(show);
  }
  return exitCode;
}

function codeNow({ signal, scene }: Show): number {
  if (scene.options.signal.aborted) return INTERRUPTED_EXIT_CODE;
  return signal.aborted ? DEADLINE_EXIT_CODE : SCENARIO_EXIT_CODE;
}

async function play(scenario: Scenario, show: Show): Promise<Verdict> {
  const { watchers, options } = show.scene;
  options.onScenarioStart?.(scenario.name);
  for (const watcher of watchers) watcher.onStart?.(scenario.name, 'scenario');
  const verdict = await judge(scenario, show);
  options.onScenarioEnd?.(verdict);
  for (const watcher of watchers) watcher.onEnd?.(verdict, 'scenario');
  return verdict;
}

function leaveOut({ name }: Scenario, { signal }: Show): Verdict {
  const detail = `not tried: ${wordsOf(signal.reason)}`;
  return { name, ok: true, skipped: true, ms: 0, detail, figures: {} };
}

async function judge(scenario: Scenario, show: Show): Promise<Verdict> {
  const { name } = scenario;
  const unfit = scenario.unfit(show);
  if (unfit) return { name, ok: true, skipped: true, ms: 0, detail: unfit, figures: {} };
  const start = performance.now();
  const limitMs = scenario.limitMs + show.venue.driver.goneBudgetMs;
  const limit = limitSignal(show.signal, limitMs, `it came to no end (waited ${limitMs / 1000} s)`);
  const { stage, strike } = createStage(show.scene, show.venue, {
    browser: show.browser,
    signal: limit.signal,
  });
  let ok = false;
  const since = () => Math.round(performance.now() - start);
  try {
    const played = scenario.play(stage);
    const { detail, figures = {}, skipped } = await Promise.race([played, rejectOn(limit.signal)]);
    ok = true;
    return { name, ok, ...(skipped && { skipped }), ms: since(), detail, figures };
  } catch (error) {
    return { name, ok: false, ms: since(), detail: wordsOf(error), figures: {} };
  } finally {
    limit.release();
    const part = async () => {
      // A watcher that hangs, or fails, is not to hold the run up, nor to change what was found.
      await closeAll(show.scene.watchers.map(watcher => async () => watcher.beforeParting?.(name, ok)));
      await strike();
    };
    await unlessLate(part(), show.signal);
  }
}

/** Milliseconds after the run's time in which people may still part; the browser's end is theirs too, the verdict has to be told. */
const PART_LATE_MS = 2 * SECOND;

async function unlessLate(parting: Promise<void>, signal: AbortSignal): Promise<void> {
  const late = lateSignal(signal, PART_LATE_MS);
  try {
    await Promise.race([parting, rejectOn(late.signal)]);
  } catch (error) {
    if (!late.signal.aborted) throw error;
  } finally {
    late.release();
  }
}

/** One line: Playwright adds a log of what it did. */
function wordsOf(error: unknown): string {
  const [line = ''] = (error instanceof Error ? error.message : String(error)).split('\n', 1);
  return line;
}
