import { MeetError } from '../../core/errors.ts';
import { findNearest } from '../../core/nearest.ts';
import type { Scenario } from './scenario.ts';

export interface Wish {
  readonly all?: boolean | undefined;
  /** Names, in the order they shall be played in. */
  readonly only?: readonly string[] | undefined;
}

/** What `--only` takes to be shown the list. */
const HELP = 'help';

/** Whether somebody wants to see what there is, and no run. Pure. */
export function asksForList({ only = [] }: Wish): boolean {
  return only.some(name => name.trim() === HELP);
}

/** What is to be played: none unless asked for. Throws BAD_REQUEST for a name that nothing has. Pure. */
export function selectScenarios({ all, only }: Wish, scenarios: readonly Scenario[]): readonly Scenario[] {
  if (all && only)
    throw new MeetError('BAD_REQUEST', '--all plays every scenario, --only some; leave one of them out.');
  if (all) return scenarios;
  const names = new Set((only ?? []).map(name => name.trim()));
  return [...names].map(name => find(name, scenarios));
}

function find(name: string, scenarios: readonly Scenario[]): Scenario {
  const found = scenarios.find(scenario => scenario.name === name);
  if (found) return found;
  const names = scenarios.map(scenario => scenario.name);
  const near = findNearest(name, names);
  throw new MeetError(
    'BAD_REQUEST',
    `--only: no scenario is called ${JSON.stringify(name)}${near ? ` (did you mean ${near}?)` : ''}; there are ${names.join(', ')}.`,
  );
}
