import { type BucketSize, parseBucket } from '../core/bucket.ts';
import { MeetError } from '../core/errors.ts';
import { isBucketed, type Meeting } from '../core/meeting.ts';
import { type NextBucket, nextBuckets } from '../core/series.ts';
import { namedAt } from '../core/session-id.ts';
import type { CreateWish, Desk, Kept } from './desk/desk.ts';

/** An expiry that somebody chose says how long each meeting is; else each ends with its bucket. */
function timesOf({ options }: CreateWish, first: Meeting, { begin, startsAt }: NextBucket) {
  const chosen = options.expiresIn !== undefined || options.expiresAt !== undefined;
  const length = first.expiresAt - (first.startsAt ?? begin);
  const expiresAt = chosen && first.startsAt !== null ? startsAt + length : undefined;
  return { startsAt, expiresAt, expiresIn: undefined };
}

/**
 * Null for a bucket in which the meeting is never open. One that was ended stays so, and is given as it is: `--reopen` is
 * for the meeting that was asked for, not for a day to come that was called off.
 */
async function createIn(
  desk: Desk,
  wish: CreateWish,
  first: Meeting,
  next: NextBucket,
): Promise<Kept | null> {
  const options = { ...wish.options, ...timesOf(wish, first, next), reopen: false };
  try {
    return await desk.create({ ...wish, options });
  } catch (error) {
    if (!(error instanceof MeetError)) throw error;
    if (error.code === 'BAD_TIME') return null;
    const id = error.detail?.sessionId;
    if (error.code === 'MEETING_ENDED' && typeof id === 'string') return desk.find(id);
    throw error;
  }
}

/**
 * The meeting, and for one whose id changes with each bucket those of the next ones too: they are made now, so that the
 * links in a calendar lead somewhere when their day comes.
 */
export async function createSeries(desk: Desk, wish: CreateWish, first: Kept, now: number): Promise<Kept[]> {
  const { request } = wish;
  const { strategy, startsAt } = first.meeting;
  if (!isBucketed(strategy) || !request.zone) return [first];
  const size: BucketSize = parseBucket(request.bucket ?? 'day');
  const series: Kept[] = [first];
  const from = namedAt(now, startsAt);
  for (const next of await nextBuckets(from, size, request.zone, startsAt)) {
    const kept = await createIn(desk, wish, first.meeting, next);
    if (kept) series.push(kept);
  }
  return series;
}
