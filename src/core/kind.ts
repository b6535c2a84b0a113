import { MeetError } from './errors.ts';
import type { Meeting } from './meeting.ts';
import type { Schedule } from './opening.ts';

/** A wish about the kind of meeting; nothing given leaves it as it is. */
export interface KindWish {
  /** Admits people in these hours only; null goes back to all the time. */
  readonly schedule?: Schedule | null | undefined;
  /** The zone that somebody named. */
  readonly zone?: string | undefined;
  /** The zone of this machine, for where nobody named one. */
  readonly localZone?: string | undefined;
  /** Hosts speak, everybody else watches. */
  readonly broadcast?: boolean | undefined;
}

type Kind = Pick<Meeting, 'hours' | 'zone' | 'broadcast'>;

function checkHoursZone(zone: string | null): void {
  // An offset knows no daylight saving, and no calendar knows a zone by that name.
  if (zone !== null && !/^[+-]/.test(zone)) return;
  throw new MeetError(
    'BAD_ZONE',
    `Hours need a time zone by its name, not ${zone ?? 'none'}; name one like Europe/Berlin or UTC.`,
  );
}

/** The kind of a meeting after a wish. Throws `BAD_ZONE` for hours without a zone that has a name. */
export function planKind(existing: Kind | null, wish: KindWish): Kind {
  const hours = wish.schedule === undefined ? (existing?.hours ?? null) : (wish.schedule?.hours ?? null);
  const zone = wish.zone ?? existing?.zone ?? wish.localZone ?? null;
  if (hours !== null) checkHoursZone(zone);
  return { hours, zone, broadcast: wish.broadcast ?? existing?.broadcast ?? false };
}
