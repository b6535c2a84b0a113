import { MeetError } from './errors.ts';
import { formatHours, parseHours, type Window } from './hours.ts';
import type { Meeting } from './meeting.ts';
import { inZone, loadTemporal, type Temporal, type ZonedDateTime } from './zone.ts';

/** Whether the hours admit somebody now, and for how long, or from when on (epoch ms). Null: never again. */
export type Opening =
  | { readonly open: true; readonly until: number }
  | { readonly open: false; readonly opensAt: number | null };

/** Hours that were read, ready for questions without waiting. */
export interface Schedule {
  /** Canonical. */
  readonly hours: string;
  /** At `at`, in an IANA zone. Throws `BAD_ZONE`. */
  openingAt(zone: string, at: number): Opening;
}

interface Span {
  readonly start: number;
  readonly end: number;
}

/** Twice a week and a day: a weekly time that the clock skips comes back a week later. */
const DAYS_AHEAD = 15;

/**
 * A time that the clock skips is as much later as it skips, one that it shows twice is the first: so RFC 5545 (3.3.5) reads
 * them, and a calendar must show the same hours as the door keeps.
 */
function atMinute(
  temporal: Temporal,
  date: ReturnType<ZonedDateTime['toPlainDate']>,
  minutes: number,
  zone: string,
): number {
  const time = { hour: Math.floor(minutes / 60) % 24, minute: minutes % 60 };
  const day = date.add({ days: Math.floor(minutes / 1440) });
  return day.toZonedDateTime({ timeZone: zone, plainTime: temporal.PlainTime.from(time) }).epochMilliseconds;
}

function spansFrom(temporal: Temporal, windows: readonly Window[], zone: string, at: number): Span[] {
  const spans: Span[] = [];
  const today = inZone(temporal, at, zone).toPlainDate();
  for (let day = -1; day <= DAYS_AHEAD; day++) {
    const date = today.add({ days: day });
    for (const { days, from, to } of windows) {
      if (!days.includes(date.dayOfWeek)) continue;
      const start = atMinute(temporal, date, from, zone);
      const end = atMinute(temporal, date, to > from ? to : to + 1440, zone);
      if (end > start) spans.push({ start, end });
    }
  }
  return spans.sort((a, b) => a.start - b.start);
}

function openingIn(spans: readonly Span[], at: number): Opening {
  let until = at;
  // Times that touch or overlap are one.
  for (const { start, end } of spans) if (start <= until) until = Math.max(until, end);
  if (until > at) return { open: true, until };
  return { open: false, opensAt: spans.find(({ start }) => start > at)?.start ?? null };
}

/** Reads hours, and loads what knows the calendar. Throws `BAD_TIME`. */
export async function readSchedule(text: string): Promise<Schedule> {
  const windows = parseHours(text);
  const temporal = await loadTemporal();
  return {
    hours: formatHours(windows),
    openingAt: (zone, at) => openingIn(spansFrom(temporal, windows, zone, at), at),
  };
}

/** The opening at `from`, as far as it lies before `expiresAt`. */
function openingBefore(schedule: Schedule, zone: string, from: number, expiresAt: number): Opening {
  const opening = schedule.openingAt(zone, from);
  if (opening.open) return { open: true, until: Math.min(opening.until, expiresAt) };
  const { opensAt } = opening;
  return { open: false, opensAt: opensAt !== null && opensAt < expiresAt ? opensAt : null };
}

/** Whether the hours of a meeting admit people at `now`; null for one without hours. The start counts, if there is one. */
export async function openingOf(meeting: Meeting, now: number): Promise<Opening | null> {
  const { hours, zone, startsAt, expiresAt } = meeting;
  if (hours === null || zone === null) return null;
  const from = Math.max(now, startsAt ?? now);
  const opening = openingBefore(await readSchedule(hours), zone, from, expiresAt);
  return opening.open && from > now ? { open: false, opensAt: from } : opening;
}

/** Throws `BAD_TIME` for hours of which none lie before the expiry. */
export function checkSchedule(schedule: Schedule, zone: string, from: number, expiresAt: number): void {
  const opening = openingBefore(schedule, zone, from, expiresAt);
  if (opening.open || opening.opensAt !== null) return;
  throw new MeetError(
    'BAD_TIME',
    `None of its hours (${schedule.hours}, ${zone}) lie before it expires at ${new Date(expiresAt).toISOString()}; let it expire later.`,
  );
}
