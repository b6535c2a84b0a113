import { LONGEST_MS } from './duration.ts';
import { MeetError } from './errors.ts';
import type { Meeting } from './meeting.ts';
import type { IdPlan } from './session-id.ts';

/** When a meeting begins and ends, as somebody asks for it (epoch ms; `expiresIn` in ms). */
export interface TimeWish {
  /** Null takes a start back. */
  readonly startsAt?: number | null | undefined;
  readonly expiresAt?: number | undefined;
  readonly expiresIn?: number | undefined;
}

const iso = (ms: number) => new Date(ms).toISOString();

/** Throws `BAD_TIME` unless the meeting would end in the future, after its start, and within ten years. */
export function checkTimes(startsAt: number | null, expiresAt: number, now: number): void {
  if (expiresAt <= now) {
    throw new MeetError(
      'BAD_TIME',
      `The meeting would expire at ${iso(expiresAt)}, but it is already ${iso(now)}; choose a later time.`,
    );
  }
  if (startsAt !== null && expiresAt <= startsAt) {
    throw new MeetError(
      'BAD_TIME',
      `The meeting would expire at ${iso(expiresAt)}, but it starts at ${iso(startsAt)}; let it expire after that.`,
    );
  }
  if (expiresAt - now > LONGEST_MS) {
    throw new MeetError(
      'BAD_TIME',
      `The meeting would expire at ${iso(expiresAt)}; more than ten years ahead is too far.`,
    );
  }
}

function defaultExpiry(existing: Meeting | null, plan: IdPlan, from: number, now: number): number {
  const fresh =
    plan.defaultExpiry.kind === 'bucket-end' ? plan.defaultExpiry.at : from + plan.defaultExpiry.ms;
  if (!existing || existing.expiresAt <= now) return fresh;
  return plan.renewable ? Math.max(existing.expiresAt, fresh) : existing.expiresAt;
}

/**
 * Start and end of a meeting that is created, or created again. Lifetimes count from the start, or from now when that
 * has passed; creating again revives and prolongs, and shortens only when asked to. Throws `BAD_TIME`.
 */
export function planTimes(
  existing: Meeting | null,
  plan: IdPlan,
  wish: TimeWish,
  now: number,
): Pick<Meeting, 'startsAt' | 'expiresAt'> {
  if (wish.expiresAt !== undefined && wish.expiresIn !== undefined) {
    throw new MeetError('BAD_TIME', 'Two expiries were given; choose one of --expires-in and --expires-at.');
  }
  const startsAt = wish.startsAt === undefined ? (existing?.startsAt ?? null) : wish.startsAt;
  const from = Math.max(startsAt ?? now, now);
  const asked = wish.expiresAt ?? (wish.expiresIn === undefined ? undefined : from + wish.expiresIn);
  const expiresAt = asked ?? defaultExpiry(existing, plan, from, now);
  checkTimes(startsAt, expiresAt, now);
  return { startsAt, expiresAt };
}
