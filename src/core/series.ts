import { type BucketSize, bucketAt } from './bucket.ts';
import { inZone, loadTemporal } from './zone.ts';

/** As many of each as somebody plans ahead. */
const COUNT: Record<BucketSize, number> = { hour: 24, day: 28, week: 12, month: 12 };
const UNIT = { hour: 'hours', day: 'days', week: 'weeks', month: 'months' } as const;

/** A bucket to come: where it begins, and where what begins at `startsAt` in this one begins there (epoch ms). */
export interface NextBucket {
  readonly begin: number;
  readonly startsAt: number;
}

/**
 * The buckets after the one that holds `now`. `startsAt` stays at the same time of the wall clock in each; without one the
 * bucket's own begin takes its place. Throws `BAD_ZONE`.
 */
export async function nextBuckets(
  now: number,
  size: BucketSize,
  zone: string,
  startsAt: number | null,
): Promise<NextBucket[]> {
  const first = inZone(await loadTemporal(), startsAt ?? now, zone);
  const buckets: NextBucket[] = [];
  for (let at = now; buckets.length < COUNT[size] - 1; ) {
    at = (await bucketAt(at, size, zone)).end;
    const shifted = first.add({ [UNIT[size]]: buckets.length + 1 });
    buckets.push({ begin: at, startsAt: startsAt === null ? at : shifted.epochMilliseconds });
  }
  return buckets;
}
