import ical, {
  ICalAlarmType,
  ICalCalendarMethod,
  ICalEventRepeatingFreq,
  ICalEventStatus,
  ICalWeekday,
} from 'ical-generator';
import { tzlib_get_ical_block } from 'timezones-ical-library';
import { type AgendaEntry, planAgenda } from '../core/agenda.ts';
import type { Meeting } from '../core/meeting.ts';
import { loadTemporal, type Temporal } from '../core/zone.ts';

/** A meeting and the link that is to stand in the calendar. */
export interface Appointment {
  readonly meeting: Meeting;
  readonly url: string;
}

export interface Calendar {
  readonly text: string;
  readonly uids: readonly string[];
}

const DAYS = [
  ICalWeekday.MO,
  ICalWeekday.TU,
  ICalWeekday.WE,
  ICalWeekday.TH,
  ICalWeekday.FR,
  ICalWeekday.SA,
  ICalWeekday.SU,
];
const ALARM_SECONDS = 600;

/** The zone's definition and the name that it has there; null for those that calendars have in UTC. */
function zoneBlock(zone: string): { name: string; block: string } | null {
  if (/^([+-]|(Etc\/)?(UTC|GMT)$)/.test(zone)) return null;
  const [block = '', id = ''] = tzlib_get_ical_block(zone);
  return { name: id.replace('TZID=', ''), block };
}

/**
 * Stable for as long as there is the meeting, since a calendar knows an entry again by it: not by its link, whose host changes with
 * MEET_URL and a laptop's networks, but by when it was made, since many projects have a team-web (RFC 7986, 5.3).
 */
function uidOf({ sessionId, createdAt }: Meeting, part: number): string {
  return `${sessionId}${part > 0 ? `.${part + 1}` : ''}@${createdAt}.meet`;
}

function describe({ meeting, url }: Appointment): string {
  const expiry = new Date(meeting.expiresAt).toISOString().replace('T', ' ').slice(0, 16);
  const hours = meeting.hours && `Open ${meeting.hours} (${meeting.zone}) only.\n`;
  return `Join: ${url}\n${hours ?? ''}The link expires at ${expiry} UTC.`;
}

interface Place {
  readonly temporal: Temporal;
  readonly now: number;
  /** Where no zone is known for a meeting. */
  readonly localZone: string;
}

function eventOf(appointment: Appointment, entry: AgendaEntry, { temporal, now, localZone }: Place) {
  const { meeting, url } = appointment;
  const zone = meeting.zone ?? localZone;
  const block = zoneBlock(zone);
  const at = (ms: number) =>
    temporal.Instant.fromEpochMilliseconds(ms).toZonedDateTimeISO(block ? zone : 'UTC');
  return {
    id: uidOf(meeting, entry.part),
    sequence: meeting.revision,
    stamp: new Date(now),
    start: at(entry.start),
    end: at(entry.end),
    ...(block && { timezone: block.name }),
    summary: meeting.title,
    description: describe(appointment),
    location: url,
    url,
    status: meeting.endedAt === null ? ICalEventStatus.CONFIRMED : ICalEventStatus.CANCELLED,
    ...(entry.weekly && {
      repeating: {
        freq: ICalEventRepeatingFreq.WEEKLY,
        byDay: entry.weekly.days.map(day => DAYS[day - 1] ?? ICalWeekday.MO),
        until: new Date(entry.weekly.until),
      },
    }),
    ...(meeting.endedAt === null && {
      alarms: [{ type: ICalAlarmType.display, trigger: ALARM_SECONDS, description: meeting.title }],
    }),
  };
}

/** The meetings as an iCalendar file (RFC 5545). Throws `BAD_REQUEST` for one that has neither start nor hours. */
export async function writeCalendar(
  appointments: readonly Appointment[],
  options: { readonly now: number; readonly localZone: string },
): Promise<Calendar> {
  const place = { ...options, temporal: await loadTemporal() };
  const calendar = ical({
    prodId: { company: 'meet', product: 'meet', language: 'EN' },
    method: ICalCalendarMethod.PUBLISH,
    timezone: { name: null, generator: zone => zoneBlock(zone)?.block ?? null },
  });
  const uids: string[] = [];
  for (const appointment of appointments) {
    for (const entry of await planAgenda(appointment.meeting)) {
      uids.push(calendar.createEvent(eventOf(appointment, entry, place)).uid());
    }
  }
  return { text: `${calendar.toString()}\r\n`, uids };
}
