import { MeetError } from './errors.ts';
import { findNearest } from './nearest.ts';
import { inZone, loadTemporal, type ZonedDateTime } from './zone.ts';

const BUCKETS = ['hour', 'day', 'week', 'month'] as const;
export type BucketSize = (typeof BUCKETS)[number];

export interface Bucket {
  /** As it stands in the session id: `2026112015`, `20261120`, `2026w47` (ISO week) or `202611`. */
  readonly label: string;
  /** For people: `2026-11-20 15:00`, `2026-11-20`, `2026 week 47` or `2026-11`. */
  readonly title: string;
  /** The first instant at which the label is another one (epoch ms). */
  readonly end: number;
  /** The zone's name as IANA spells it. */
  readonly zone: string;
}

const two = (n: number | undefined) => String(n).padStart(2, '0');
const four = (n: number | undefined) => String(n).padStart(4, '0');

function titleOf(t: ZonedDateTime, size: BucketSize): string {
  const month = `${four(t.year)}-${two(t.month)}`;
  if (size === 'month') return month;
  // The ISO year of a week differs from the calendar's around New Year.
  if (size === 'week') return `${four(t.yearOfWeek)} week ${two(t.weekOfYear)}`;
  return size === 'day' ? `${month}-${two(t.day)}` : `${month}-${two(t.day)} ${two(t.hour)}:00`;
}

function labelOf(t: ZonedDateTime, size: BucketSize): string {
  if (size === 'week') return `${four(t.yearOfWeek)}w${two(t.weekOfYear)}`;
  const digits = titleOf(t, size).replace(/\D/g, '');
  return size === 'hour' ? digits.slice(0, 10) : digits;
}

/** Where the next bucket begins on a calendar without daylight saving. */
function nextLocalStart(t: ZonedDateTime, size: BucketSize) {
  const hour = t.toPlainDateTime().round({ smallestUnit: 'hour', roundingMode: 'floor' });
  if (size === 'hour') return hour.add({ hours: 1 });
  const midnight = hour.with({ hour: 0 });
  if (size === 'day') return midnight.add({ days: 1 });
  if (size === 'week') return midnight.add({ days: 8 - t.dayOfWeek });
  return midnight.with({ day: 1 }).add({ months: 1 });
}

function endOf(now: ZonedDateTime, size: BucketSize): number {
  const start = nextLocalStart(now, size);
  let end = start.toZonedDateTime(now.timeZoneId, { disambiguation: 'compatible' });
  // The clock passes the start twice and we are between the two.
  if (end.epochMilliseconds <= now.epochMilliseconds)
    end = start.toZonedDateTime(now.timeZoneId, { disambiguation: 'later' });
  // A jump of the clock can change the label before that: over a skipped start, or back across midnight.
  let jump = now.getTimeZoneTransition('next');
  while (jump && jump.epochMilliseconds < end.epochMilliseconds) {
    if (labelOf(jump, size) !== labelOf(now, size)) return jump.epochMilliseconds;
    jump = jump.getTimeZoneTransition('next');
  }
  return end.epochMilliseconds;
}

/** Checks the name of a bucket. Throws `BAD_REQUEST`, which names the nearest. */
export function parseBucket(text: string): BucketSize {
  const known = BUCKETS.find(bucket => bucket === text);
  if (known) return known;
  const near = findNearest(text, BUCKETS);
  throw new MeetError(
    'BAD_REQUEST',
    `Unknown bucket ${JSON.stringify(text)}${near ? ` (did you mean ${near}?)` : ''}; choose ${BUCKETS.join(', ')}.`,
  );
}

/** The bucket that holds `now` (epoch ms) in `zone`; an hour the clock repeats is one bucket. Throws `BAD_ZONE`. */
export async function bucketAt(now: number, size: BucketSize, zone: string): Promise<Bucket> {
  const at = inZone(await loadTemporal(), now, zone);
  return { label: labelOf(at, size), title: titleOf(at, size), end: endOf(at, size), zone: at.timeZoneId };
}
