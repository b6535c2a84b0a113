import { type AccessChange, changeAccess, isNarrower } from './access.ts';
import { MeetError } from './errors.ts';
import { checkTimes, planTimes, type TimeWish } from './expiry.ts';
import { losesHost, planHosts } from './hosts.ts';
import { type KindWish, planKind } from './kind.ts';
import type { Meeting } from './meeting.ts';
import { checkSchedule } from './opening.ts';
import { readmit } from './removal.ts';
import { type IdPlan, STANDING_MS } from './session-id.ts';

export interface CreateOptions extends AccessChange, TimeWish, KindWish {
  readonly title?: string | undefined;
  /** Uids that are host; an empty list takes all back. */
  readonly hosts?: readonly string[] | undefined;
  /** Brings back a meeting that was ended. */
  readonly reopen?: boolean | undefined;
}

export interface Creation {
  readonly meeting: Meeting;
  /** False when the meeting was there already, and was updated or renewed. */
  readonly created: boolean;
}

export interface MeetingPatch extends AccessChange, Omit<TimeWish, 'expiresIn'>, KindWish {
  readonly title?: string | undefined;
  /** As in `CreateOptions`. */
  readonly hosts?: readonly string[] | undefined;
  /** Milliseconds, as for `extendMeeting`. */
  readonly extendBy?: number | undefined;
}

function checkTitle(title: string): string {
  const trimmed = title.trim();
  // A control character could do more than show in the terminal that lists the meeting.
  if (trimmed && trimmed.length <= 200 && !/\p{Cc}/u.test(trimmed)) return trimmed;
  throw new MeetError('BAD_REQUEST', 'A title is 1 to 200 characters in one line; choose another.');
}

function describeOrigin(origin: string): string {
  const inputs: Record<string, string> = JSON.parse(origin);
  return Object.entries(inputs)
    .map(
      ([name, value]) =>
        `--${name === 'zone' ? 'tz' : name} ${/^[\w@/.+-]+$/.test(value) ? value : JSON.stringify(value)}`,
    )
    .join(' ');
}

function checkOrigin(existing: Meeting, plan: IdPlan): void {
  if (existing.origin === plan.origin) return;
  throw new MeetError(
    'ID_TAKEN',
    `The id ${plan.sessionId} belongs to the meeting made with ${describeOrigin(existing.origin)}; repeat exactly that to get it, or choose another id.`,
    { detail: { sessionId: plan.sessionId, strategy: existing.strategy } },
  );
}

function checkOpen(meeting: Meeting, advice: string): void {
  if (meeting.endedAt === null) return;
  const endedAt = new Date(meeting.endedAt).toISOString();
  throw new MeetError(
    'MEETING_ENDED',
    `The meeting ${meeting.sessionId} was ended at ${endedAt}; ${advice}.`,
    {
      detail: { sessionId: meeting.sessionId, endedAt },
    },
  );
}

/** Office hours come round again, so their link lasts as long as that of a standing meeting. */
function outliveHours(plan: IdPlan, hours: string | null): IdPlan {
  if (hours === null || plan.defaultExpiry.kind !== 'lifetime') return plan;
  return { ...plan, defaultExpiry: { kind: 'lifetime', ms: STANDING_MS } };
}

/** Of hours that were just set, some must lie in the meeting's life. */
function checkHours({ schedule }: KindWish, { zone, startsAt, expiresAt }: Meeting, now: number): void {
  if (schedule && zone !== null) checkSchedule(schedule, zone, Math.max(now, startsAt ?? now), expiresAt);
}

/** Whether somebody may do less than before: tokens given out until then must die. */
function narrows(
  before: Meeting,
  access: Pick<Meeting, 'access' | 'allow'>,
  hosts: readonly string[],
): boolean {
  return isNarrower(before, access) || losesHost(before, hosts);
}

/** Whom a change lets in by name. */
const namedBy = ({ allow, hosts }: MeetingPatch): string[] => [...(allow ?? []), ...(hosts ?? [])];

/** Whoever is inside may have come without the key that opens it from now on. */
function closesPublic(before: Pick<Meeting, 'access'> | null, after: Pick<Meeting, 'access'>): boolean {
  return before?.access === 'public' && after.access === 'link';
}

/** Counts a change, if it is one. */
function revise(before: Meeting, after: Meeting): Meeting {
  const changed = (Object.keys(after) as (keyof Meeting)[]).some(
    name => JSON.stringify(before[name]) !== JSON.stringify(after[name]),
  );
  return changed ? { ...after, revision: before.revision + 1 } : before;
}

/**
 * What creating does, given what is stored under the id: a new meeting, or the same one updated by what was asked for,
 * revived when expired, and reopened when ended and `reopen` is set. The caller stores the result in the transaction
 * that read `existing`. Throws `ID_TAKEN`, `MEETING_ENDED`, `BAD_TIME`, `BAD_REQUEST`.
 */
export function planCreate(
  existing: Meeting | null,
  plan: IdPlan,
  options: CreateOptions,
  now: number,
  newKey: () => string,
): Creation {
  if (existing) {
    checkOrigin(existing, plan);
    if (!options.reopen) checkOpen(existing, 'give --reopen to bring it back');
  }
  const access = changeAccess(existing, options);
  const kind = planKind(existing, options);
  const hosts = planHosts(existing, options.hosts);
  const narrowed = existing && narrows(existing, access, hosts) ? 1 : 0;
  const meeting: Meeting = {
    sessionId: plan.sessionId,
    strategy: plan.strategy,
    origin: plan.origin,
    title: options.title === undefined ? (existing?.title ?? plan.title) : checkTitle(options.title),
    ...access,
    hosts,
    // Also where access needs no key yet: it may change, and the link must then be one and the same.
    key: existing?.key ?? (plan.guessable ? newKey() : null),
    oldKey: existing?.oldKey ?? null,
    oldKeyUntil: existing?.oldKeyUntil ?? null,
    linkBefore: closesPublic(existing, access) ? now : (existing?.linkBefore ?? null),
    removals: readmit({ removals: existing?.removals ?? [] }, namedBy(options)).removals,
    createdAt: existing?.createdAt ?? now,
    ...planTimes(existing, outliveHours(plan, kind.hours), options, now),
    endedAt: null,
    ...kind,
    revision: existing?.revision ?? 0,
    accessVersion: (existing?.accessVersion ?? 1) + narrowed,
  };
  checkHours(options, meeting, now);
  return { meeting: existing ? revise(existing, meeting) : meeting, created: existing === null };
}

/** Prolongs a meeting by `byMs`, from now on when it has expired. Throws `MEETING_ENDED`, `BAD_TIME`. */
export function extendMeeting(meeting: Meeting, byMs: number, now: number): Meeting {
  checkOpen(meeting, 'create it again with --reopen to bring it back');
  const expiresAt = Math.max(meeting.expiresAt, now) + byMs;
  checkTimes(meeting.startsAt, expiresAt, now);
  return revise(meeting, { ...meeting, expiresAt });
}

/** Ends a meeting: nobody may join, and tokens given out die. Ending again changes nothing. */
export function endMeeting(meeting: Meeting, now: number): Meeting {
  if (meeting.endedAt !== null) return meeting;
  return revise(meeting, { ...meeting, endedAt: now, accessVersion: meeting.accessVersion + 1 });
}

/** Changes what a patch names and nothing else. Throws `MEETING_ENDED`, `BAD_TIME`, `BAD_REQUEST`. */
export function patchMeeting(meeting: Meeting, patch: MeetingPatch, now: number): Meeting {
  checkOpen(meeting, 'create it again with --reopen to bring it back');
  if (patch.expiresAt !== undefined && patch.extendBy !== undefined) {
    throw new MeetError('BAD_TIME', 'Two expiries were given; choose one of expiresAt and extendBy.');
  }
  const access = changeAccess(meeting, patch);
  const hosts = planHosts(meeting, patch.hosts);
  const extendedTo =
    patch.extendBy === undefined ? meeting.expiresAt : Math.max(meeting.expiresAt, now) + patch.extendBy;
  const expiresAt = patch.expiresAt ?? extendedTo;
  const startsAt = patch.startsAt === undefined ? meeting.startsAt : patch.startsAt;
  if (expiresAt !== meeting.expiresAt || startsAt !== meeting.startsAt) checkTimes(startsAt, expiresAt, now);
  const after = {
    ...readmit(meeting, namedBy(patch)),
    ...access,
    hosts,
    ...planKind(meeting, patch),
    title: patch.title === undefined ? meeting.title : checkTitle(patch.title),
    startsAt,
    expiresAt,
    linkBefore: closesPublic(meeting, access) ? now : meeting.linkBefore,
    accessVersion: meeting.accessVersion + (narrows(meeting, access, hosts) ? 1 : 0),
  };
  checkHours(patch, after, now);
  return revise(meeting, after);
}
