import { wrapLines } from '../smoke/report/wrap-lines.ts';
import { SCENARIOS } from '../smoke/scenarios/all.ts';
import type { Scenario } from '../smoke/scenarios/scenario.ts';
import { asksForList, selectScenarios } from '../smoke/scenarios/select-scenarios.ts';
import type { Context } from './context.ts';
import { readDuration } from './option-values.ts';
import type { SmokeFlags } from './smoke-flags.ts';
import { formatTable } from './table.ts';

/** Milliseconds for one run; a run takes five to seven seconds. */
const DEADLINE_MS = 120_000;
/** The same with every scenario. */
const LONG_DEADLINE_MS = 600_000;

/** What one run tries after the meeting, and its time. */
export interface ScenarioPlan {
  readonly scenarios: readonly Scenario[];
  readonly deadlineMs: number;
}

/** Reads `--all`, `--only` and `--deadline`. Throws BAD_REQUEST, BAD_DURATION. */
export function planScenarios({ all, only, deadline }: SmokeFlags): ScenarioPlan {
  const usual = all ? LONG_DEADLINE_MS : DEADLINE_MS;
  return {
    scenarios: selectScenarios({ all, only }, SCENARIOS),
    deadlineMs: deadline === undefined ? usual : readDuration('--deadline', deadline),
  };
}

/** For `--only help`: prints every scenario's name and title. False when nobody asked. */
export function printScenarioList({ io, out }: Context, { only, json }: SmokeFlags): boolean {
  if (!asksForList({ only })) return false;
  const list = SCENARIOS.map(({ name, title }) => ({ name, title }));
  if (json) out.line(JSON.stringify(list));
  else out.line(wrapLines(formatTable(list).join('\n'), io.stdout.isTTY ? io.stdout.columns : undefined));
  return true;
}
