import { sayDistance, sayWhen } from '../time-words.ts';
import { type Meeting, stateOf } from './meeting.ts';
import { texts } from './texts.ts';

const MOST_NAMES = 3;

/** When a meeting can be joined, in the visitor's own time. */
export function sayTimes(meeting: Meeting, now: number, locale?: string): string {
  const { startsAt, expiresAt, endedAt, opensAt, hours, zone } = meeting;
  const when = (iso: string | null) => sayWhen(Date.parse(iso ?? ''), now, locale);
  const state = stateOf(meeting, now);
  if (state === 'ended') return texts.ended(when(endedAt));
  if (state === 'expired') return texts.expired(when(expiresAt));
  const distance = (iso: string | null) => sayDistance(Date.parse(iso ?? ''), now);
  const starts = startsAt !== null && Date.parse(startsAt) > now;
  const next = starts
    ? texts.starts(when(startsAt), distance(startsAt))
    : state === 'early' && texts.opens(when(opensAt), distance(opensAt));
  return [next, hours && `${hours} (${zone})`, texts.openUntil(when(expiresAt))].filter(Boolean).join(' · ');
}

export function sayAccess({ access, allow, broadcast }: Meeting): string {
  const words = access === 'allow' ? texts.access.allow(sayList(allow)) : texts.access[access];
  return broadcast ? `${texts.broadcast} · ${words}` : words;
}

/** The first few of a list that may have a thousand. */
function sayList(names: readonly string[]): string {
  const shown = names.slice(0, MOST_NAMES).join(', ');
  const rest = names.length - MOST_NAMES;
  return rest > 0 ? `${shown} ${texts.others(String(rest))}` : shown;
}
