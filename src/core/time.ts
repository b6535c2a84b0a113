import { MeetError } from './errors.ts';
import { inZone, loadTemporal } from './zone.ts';

/** ISO 8601 with a colon in the time; fractions of a second and offsets as Python, Go, PostgreSQL and `date` write them. */
const INSTANT =
  /^(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d(?::\d\d)?)(?:(?<=:\d\d:\d\d)[.,](\d{1,3})\d{0,6})? ?(?:(Z|UTC)|([+-]\d\d)(?::?(\d\d))?)?$/i;

function badTime(text: string, why: string): MeetError {
  return new MeetError(
    'BAD_TIME',
    `${JSON.stringify(text)} ${why}; write it like 2026-11-20T15:00Z or 2026-11-20T15:00+01:00.`,
  );
}

function splitInstant(text: string): { local: string; offset: string | undefined } {
  const [, date, clock, fraction, utc, hours, minutes = '00'] = INSTANT.exec(text.trim()) ?? [];
  // Date.parse would take 30 February for 2 March, and 24:00 for the next day.
  const local = `${date}T${clock}${fraction ? `.${fraction}` : ''}`;
  const ms = Date.parse(`${local}Z`);
  if (!date || Number.isNaN(ms) || !new Date(ms).toISOString().startsWith(local.slice(0, 16))) {
    throw badTime(text, 'is not a time');
  }
  return { local, offset: utc ? 'Z' : hours && `${hours}:${minutes}` };
}

/** Reads an ISO 8601 time that has its offset, as epoch milliseconds. Throws `BAD_TIME`. */
export function parseInstant(text: string): number {
  const { local, offset } = splitInstant(text);
  if (!offset) throw badTime(text, 'has no time zone');
  const ms = Date.parse(`${local}${offset}`);
  if (Number.isNaN(ms)) throw badTime(text, 'is not a time');
  return ms;
}

/**
 * Like `parseInstant`, but a time without an offset is the wall clock's in `zone`: the earlier one where the clock shows
 * it twice. Throws `BAD_TIME`, `BAD_ZONE`.
 */
export async function parseInstantIn(text: string, zone: string): Promise<number> {
  const { local, offset } = splitInstant(text);
  if (offset) return parseInstant(text);
  const temporal = await loadTemporal();
  inZone(temporal, 0, zone);
  return temporal.PlainDateTime.from(local).toZonedDateTime(zone).epochMilliseconds;
}
