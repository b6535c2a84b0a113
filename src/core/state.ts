import type { Meeting } from './meeting.ts';
import type { Opening } from './opening.ts';
import { doorOpensAt } from './policy.ts';

export const STATES = ['open', 'early', 'expired', 'ended'] as const;
export type State = (typeof STATES)[number];

/** Whether a meeting can be joined now, and why not. `opening`: what its hours say, where somebody looked at them. */
export function stateOf(meeting: Meeting, now: number, opening: Opening | null = null): State {
  if (meeting.endedAt !== null) return 'ended';
  if (meeting.expiresAt <= now || (opening?.open === false && opening.opensAt === null)) return 'expired';
  return doorOpensAt(meeting, opening, now) === null ? 'open' : 'early';
}
