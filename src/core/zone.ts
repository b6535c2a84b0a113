import { MeetError } from './errors.ts';

// An IANA name or an offset; Temporal alone would also take a whole timestamp for a zone.
const ZONE = /^([a-z][a-z0-9_+\-/]*|[+-]\d\d:\d\d)$/i;

/**
 * The polyfill, loaded only by who counts calendar days: it costs as much start-up time as the store.
 * Node 20 has no Temporal of its own.
 */
export async function loadTemporal() {
  return (await import('temporal-polyfill')).Temporal;
}

export type Temporal = Awaited<ReturnType<typeof loadTemporal>>;
export type ZonedDateTime = ReturnType<Temporal['ZonedDateTime']['from']>;

/** `now` (epoch ms) in `zone`, an IANA name in any case or an offset like `+01:00`. Throws `BAD_ZONE`. */
export function inZone(temporal: Temporal, now: number, zone: string): ZonedDateTime {
  const instant = temporal.Instant.fromEpochMilliseconds(now);
  try {
    if (!ZONE.test(zone)) throw new RangeError('not a zone');
    return instant.toZonedDateTimeISO(zone);
  } catch (cause) {
    if (!(cause instanceof RangeError)) throw cause;
    throw new MeetError(
      'BAD_ZONE',
      `${JSON.stringify(zone)} is not a time zone; name one like Europe/Berlin or UTC.`,
      { cause },
    );
  }
}

/** The name of a time zone as IANA spells it. Throws `BAD_ZONE`. */
export async function checkZone(zone: string): Promise<string> {
  return inZone(await loadTemporal(), 0, zone).timeZoneId;
}
