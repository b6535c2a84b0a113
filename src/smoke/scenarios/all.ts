import type { Scenario } from './scenario.ts';

/** Every scenario, in the order of `--all`: the ones that hurt most come last. */
export const SCENARIOS: readonly Scenario[] = [];
