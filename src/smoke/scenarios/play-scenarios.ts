import type { Browser } from 'playwright-core';
import type { Scene } from '../scene.ts';
import { limitSignal, rejectOn } from '../signals.ts';
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

/** Plays them one after the other; one that fails does not keep the next from being tried. */
export async function playScenarios(scenarios: readonly Scenario[], show: Show): Promise<void> {
  for (const scenario of scenarios) {
    if (show.signal.aborted) return;
    const { watchers, options, draft } = show.scene;
    options.onScenarioStart?.(scenario.name);
    for (const watcher of watchers) watcher.onStart?.(scenario.name);
    const verdict = await judge(scenario, show);
    draft.scenarios.push(verdict);
    options.onScenarioEnd?.(verdict);
    for (const watcher of watchers) watcher.onEnd?.(verdict);
  }
}

async function judge(scenario: Scenario, show: Show): Promise<Verdict> {
  const { name, limitMs } = scenario;
  const unfit = scenario.unfit(show);
  if (unfit) return { name, ok: true, skipped: true, ms: 0, detail: unfit, figures: {} };
  const start = performance.now();
  const limit = limitSignal(show.signal, limitMs, `waited ${limitMs / 1000} s`);
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
    await Promise.all(show.scene.watchers.map(watcher => watcher.beforeParting?.(name, ok)));
    await strike();
  }
}

function wordsOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
