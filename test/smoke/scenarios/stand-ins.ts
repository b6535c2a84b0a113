import type { Browser } from 'playwright-core';
import { createDraft } from '../../../src/smoke/report/report.ts';
import type { Show } from '../../../src/smoke/scenarios/play-scenarios.ts';
import type { Scenario, Verdict } from '../../../src/smoke/scenarios/scenario.ts';
import type { SmokeOptions } from '../../../src/smoke/scene.ts';
import type { Watcher } from '../../../src/smoke/watcher.ts';

/** A scenario that holds at once, or what is said instead. */
export function scenario(changes: Partial<Scenario> = {}): Scenario {
  return {
    name: 'quiet',
    title: 'Nothing happens',
    limitMs: 1000,
    unfit: () => null,
    play: async () => ({ detail: 'all good', figures: { goneMs: 5 } }),
    ...changes,
  };
}

export function verdict(changes: Partial<Verdict> = {}): Verdict {
  return { name: 'quiet', ok: true, ms: 100, detail: 'all good', figures: {}, ...changes };
}

/** What scenarios that nobody comes to are played in. */
export function emptyShow(given: {
  signal: AbortSignal;
  interruption?: AbortSignal;
  watchers?: readonly Watcher[];
}): Show {
  const { signal, interruption = new AbortController().signal, watchers = [] } = given;
  const scene = { options: { signal: interruption }, draft: createDraft(), watchers };
  return {
    scene: scene as unknown as Show['scene'] & { options: SmokeOptions },
    venue: { driver: { goneBudgetMs: 0 } } as Show['venue'],
    browser: {} as Browser,
    signal,
  };
}
