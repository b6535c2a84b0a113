import { MeetError } from './errors.ts';
import { parseHours } from './hours.ts';
import { isBucketed, type Meeting } from './meeting.ts';
import { readSchedule } from './opening.ts';
import { inZone, loadTemporal, type ZonedDateTime } from './zone.ts';

const HOUR_MS = 3_600_000;
/** What lives longer is a standing link, and not one long conversation. */
const LONGEST_EVENT_MS = 12 * HOUR_MS;
/** A bucket's meeting ends with its bucket by default, which says nothing of its length either. */
const LONGEST_IN_BUCKET_MS = 4 * HOUR_MS;
const USUAL_MS = HOUR_MS;

/** An entry in a calendar. Times are epoch milliseconds. */
export interface AgendaEntry {
  /** Tells the entries of one meeting apart, from 0. */
  readonly part: number;
  readonly start: number;
  readonly end: number;
  /** Comes again each week on these days (1 is Monday), as long as it begins before `until`. */
  readonly weekly?: { readonly days: readonly number[]; readonly until: number };
}

/** Throws `BAD_REQUEST` for a meeting of which no calendar could say when it is. */
export function checkAgenda({ startsAt, hours }: Pick<Meeting, 'startsAt' | 'hours'>): void {
  if (startsAt !== null || hours !== null) return;
  throw new MeetError(
    'BAD_REQUEST',
    "A calendar needs to know when the meeting is; create it with --starts-at, or with --hours 'Mon-Fri 14:00-16:00'.",
  );
}

function endOf(start: number, { strategy, expiresAt }: Meeting): number {
  const most = isBucketed(strategy) ? LONGEST_IN_BUCKET_MS : LONGEST_EVENT_MS;
  return expiresAt - start <= most ? expiresAt : start + USUAL_MS;
}

/** The first time from `from` on that a weekly time begins; never one that the clock skips, which no calendar shows. */
function firstOf(from: ZonedDateTime, days: readonly number[], minutes: number): ZonedDateTime {
  const time = { hour: Math.floor(minutes / 60), minute: minutes % 60 };
  for (let day = from.startOfDay(); ; day = day.add({ days: 1 })) {
    const start = day.with(time);
    const isShown = start.hour === time.hour && start.minute === time.minute;
    if (isShown && days.includes(start.dayOfWeek) && start.epochMilliseconds >= from.epochMilliseconds)
      return start;
  }
}

/** One entry for each time of the week that comes before the expiry. */
async function planWeekly(meeting: Meeting, hours: string, zone: string): Promise<AgendaEntry[]> {
  const temporal = await loadTemporal();
  const from = inZone(temporal, meeting.startsAt ?? meeting.createdAt, zone);
  return parseHours(hours).flatMap(({ days, from: begin, to }, part) => {
    const start = firstOf(meeting.startsAt === null ? from.startOfDay() : from, days, begin);
    const end = start
      .startOfDay()
      .add({ days: to > begin && to < 1440 ? 0 : 1 })
      .with({ hour: Math.floor(to / 60) % 24, minute: to % 60 });
    if (start.epochMilliseconds >= meeting.expiresAt) return [];
    const weekly = { days, until: meeting.expiresAt - 1000 };
    return [{ part, start: start.epochMilliseconds, end: end.epochMilliseconds, weekly }];
  });
}

/** The hours of one bucket, each once: the next bucket has another id. */
async function planOnce(meeting: Meeting, hours: string, zone: string): Promise<AgendaEntry[]> {
  const { startsAt, createdAt, expiresAt } = meeting;
  const schedule = await readSchedule(hours);
  const today = inZone(await loadTemporal(), createdAt, zone).startOfDay().epochMilliseconds;
  const entries: AgendaEntry[] = [];
  for (let at: number | null = startsAt ?? today; at !== null && at < expiresAt; ) {
    const opening = schedule.openingAt(zone, at);
    if (opening.open) {
      entries.push({ part: entries.length, start: at, end: Math.min(opening.until, expiresAt) });
    }
    at = opening.open ? opening.until : opening.opensAt;
  }
  return entries;
}

/** When a meeting is, for calendars. Throws `BAD_REQUEST` when it has neither start nor hours. */
export async function planAgenda(meeting: Meeting): Promise<AgendaEntry[]> {
  checkAgenda(meeting);
  const { strategy, hours, zone, startsAt } = meeting;
  if (hours !== null && zone !== null) {
    const weekly = isBucketed(strategy) ? [] : await planWeekly(meeting, hours, zone);
    return weekly.length > 0 ? weekly : planOnce(meeting, hours, zone);
  }
  const start = startsAt ?? meeting.createdAt;
  return [{ part: 0, start, end: endOf(start, meeting) }];
}
