import { MeetError } from '../core/errors.ts';
import { findNearest } from '../core/nearest.ts';
import { STATUSES } from './statuses.ts';

/** What the audit trail can be asked for: `denied` is any refusal. */
const OUTCOMES = ['ok', 'denied', ...Object.keys(STATUSES)];

/** Throws `BAD_REQUEST`, with the nearest one, for an outcome that no row can have: silence would read as "never". */
export function checkOutcome(outcome: string): void {
  if (OUTCOMES.includes(outcome)) return;
  const lower = OUTCOMES.map(each => each.toLowerCase());
  const near = OUTCOMES[lower.indexOf(findNearest(outcome.slice(0, 40), lower) ?? '')];
  const advice = near ? `did you mean ${near}?` : 'ask for ok, denied, or a code like NOT_ALLOWED.';
  throw new MeetError(
    'BAD_REQUEST',
    `There is no outcome ${JSON.stringify(outcome.slice(0, 40))}; ${advice}`,
  );
}
