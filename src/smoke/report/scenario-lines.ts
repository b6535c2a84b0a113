import type { Verdict } from '../scenarios/scenario.ts';
import { alignColumns } from './align-columns.ts';
import type { Paint } from './paint.ts';
import { oneLine } from './plain-text.ts';

type Outcome = 'held' | 'failed' | 'skipped';

/** Of the longest limit's milliseconds. */
const MS_WIDTH = 6;

const MARKS = { held: '✓', failed: '✗', skipped: '-' } as const;

/** What came of a scenario, in one word. */
export function outcomeOf({ ok, skipped }: Verdict): Outcome {
  if (skipped) return 'skipped';
  return ok ? 'held' : 'failed';
}

/** The scenarios of one run as a table: name, outcome, milliseconds, and what was measured or why it was not. */
export function scenarioTable(verdicts: readonly Verdict[], paint: Paint): string[] {
  if (verdicts.length === 0) return [];
  const rows = verdicts.map(verdict => {
    const outcome = outcomeOf(verdict);
    const ms = outcome === 'skipped' ? '' : String(verdict.ms).padStart(MS_WIDTH);
    return [
      `${MARKS[outcome]} ${verdict.name}`,
      outcome,
      ms,
      outcome === 'held' ? figuresOf(verdict) : oneLine(verdict.detail),
    ];
  });
  const [head = '', ...body] = alignColumns([
    ['  scenario', '', 'ms'.padStart(MS_WIDTH), 'measured, in ms'],
    ...rows,
  ]);
  return [paint.dim(head), ...body.map((line, i) => (verdicts[i]?.ok ? line : paint.bad(line)))];
}

/** `{goneMs: 53, framesLost: 4}` as `gone 53, framesLost 4`. */
function figuresOf({ figures }: Verdict): string {
  return Object.entries(figures)
    .map(([name, value]) => `${name.replace(/Ms$/, '')} ${value}`)
    .join(', ');
}

/** How many came out how, for the last line. */
export function countOutcomes(verdicts: readonly Verdict[]): string {
  const count = (outcome: Outcome) => verdicts.filter(verdict => outcomeOf(verdict) === outcome).length;
  return (['held', 'failed', 'skipped'] as const)
    .flatMap(outcome => (count(outcome) > 0 ? [`${count(outcome)} ${outcome}`] : []))
    .join(', ');
}
