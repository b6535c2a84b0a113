import type { Verdict } from '../scenarios/scenario.ts';
import { type Distribution, distribute } from './distribution.ts';
import { outcomeOf } from './scenario-lines.ts';

/** One scenario over many runs. */
export interface Tally {
  readonly held: number;
  readonly failed: number;
  readonly skipped: number;
  /** Milliseconds of those that held; null when none did. */
  readonly ms: Distribution | null;
}

/** By the names of the scenarios, in the order they were played in. Pure. */
export function tallyScenarios(verdicts: readonly Verdict[]): Record<string, Tally> {
  const names = [...new Set(verdicts.map(({ name }) => name))];
  return Object.fromEntries(names.map(name => [name, tally(verdicts.filter(v => v.name === name))]));
}

function tally(verdicts: readonly Verdict[]): Tally {
  const those = (outcome: ReturnType<typeof outcomeOf>) => verdicts.filter(v => outcomeOf(v) === outcome);
  const held = those('held');
  return {
    held: held.length,
    failed: those('failed').length,
    skipped: those('skipped').length,
    ms: held.length > 0 ? distribute(held.map(({ ms }) => ms)) : null,
  };
}
