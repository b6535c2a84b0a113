import type { MeetingFacts } from '../../src/core/facts.ts';

/** A meeting as the server lists it for its admin. */
export interface Meeting extends MeetingFacts {
  readonly allow: readonly string[];
  readonly endedAt: string | null;
  /** When the door opens, if it is closed now and will open. */
  readonly opensAt: string | null;
  /** Null where nobody can know. */
  readonly people: number | null;
}

export const STATES = ['open', 'early', 'expired', 'ended'] as const;
export type State = (typeof STATES)[number];

/** Whether a meeting can be joined at `now`, by the server's clock, and why not. */
export function stateOf({ endedAt, expiresAt, opensAt }: Meeting, now: number): State {
  if (endedAt !== null) return 'ended';
  if (Date.parse(expiresAt) <= now) return 'expired';
  return opensAt !== null && Date.parse(opensAt) > now ? 'early' : 'open';
}

export interface Filter {
  /** Words that must all occur in the title, the id, or who is on the list. */
  readonly text: string;
  readonly state: State | 'all';
}

/** What fits, in the order of the list, but those that are over come last. */
export function filterMeetings(
  meetings: readonly Meeting[],
  { text, state }: Filter,
  now: number,
): Meeting[] {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  const found = meetings.filter(meeting => {
    const where = [meeting.title, meeting.sessionId, ...meeting.allow].join('\n').toLowerCase();
    const fits = state === 'all' || stateOf(meeting, now) === state;
    return fits && words.every(word => where.includes(word));
  });
  const isOver = (meeting: Meeting) => ['expired', 'ended'].includes(stateOf(meeting, now));
  return [...found.filter(meeting => !isOver(meeting)), ...found.filter(isOver)];
}
