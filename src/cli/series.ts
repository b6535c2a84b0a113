import { randomUUID } from 'node:crypto';
import { nanoid } from 'nanoid';
import { type BucketSize, parseBucket } from '../core/bucket.ts';
import { MeetError } from '../core/errors.ts';
import { isBucketed, type Meeting } from '../core/meeting.ts';
import { type CreateOptions, planCreate } from '../core/meeting-plan.ts';
import { type NextBucket, nextBuckets } from '../core/series.ts';
import { type IdRequest, namedAt, planSessionId } from '../core/session-id.ts';
import type { MeetingStore } from '../store/store.ts';

/** What a meeting was made from, and made with. */
export interface Wish {
  readonly request: IdRequest;
  readonly options: CreateOptions;
  readonly now: number;
}

/** An expiry that somebody chose says how long each meeting is; else each ends with its bucket. */
function timesOf({ options }: Wish, first: Meeting, { begin, startsAt }: NextBucket) {
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
  store: MeetingStore,
  wish: Wish,
  first: Meeting,
  next: NextBucket,
): Promise<Meeting | null> {
  const plan = await planSessionId(wish.request, next.begin, randomUUID);
  const options = { ...wish.options, ...timesOf(wish, first, next), reopen: false };
  try {
    const planFor = (existing: Meeting | null) => planCreate(existing, plan, options, wish.now, nanoid);
    return (await store.create(planFor, plan.sessionId)).meeting;
  } catch (error) {
    if (error instanceof MeetError && error.code === 'BAD_TIME') return null;
    if (error instanceof MeetError && error.code === 'MEETING_ENDED') return store.find(plan.sessionId);
    throw error;
  }
}

/**
 * The meeting, and for one whose id changes with each bucket those of the next ones too: they are made now, so that the
 * links in a calendar lead somewhere when their day comes.
 */
export async function createSeries(store: MeetingStore, wish: Wish, first: Meeting): Promise<Meeting[]> {
  const { request, now } = wish;
  if (!isBucketed(first.strategy) || !request.zone) return [first];
  const size: BucketSize = parseBucket(request.bucket ?? 'day');
  const series: Meeting[] = [first];
  const from = namedAt(now, first.startsAt);
  for (const next of await nextBuckets(from, size, request.zone, first.startsAt)) {
    const meeting = await createIn(store, wish, first, next);
    if (meeting) series.push(meeting);
  }
  return series;
}
