import type { ErrorCode } from './errors.ts';
import { keyOpens } from './link-key.ts';
import type { Identity, Meeting, Role } from './meeting.ts';
import type { Opening } from './opening.ts';
import { isRemoved } from './removal.ts';

/** The door opens this long before `startsAt`. */
export const EARLY_MS = 10 * 60_000;

export interface Admission {
  readonly ok: true;
  readonly role: Role;
  /** When this admission ends: with the meeting's hours, or with the meeting (epoch ms). */
  readonly expiresAt: number;
}

export interface Refusal {
  readonly ok: false;
  readonly code: ErrorCode;
  readonly message: string;
  readonly detail?: Record<string, unknown>;
}

export type Decision = Admission | Refusal;

export interface Visit {
  /** Null: no meeting has this id. */
  readonly meeting: Meeting | null;
  /** Null: nobody said who they are. */
  readonly identity: Identity | null;
  /** When their identity token was issued (epoch ms); unknown counts as long ago. */
  readonly issuedAt?: number | undefined;
  /** What followed `#key=` in the link. */
  readonly key: string | undefined;
  readonly now: number;
  /** False: nobody comes as a guest, only as whom an invite or the host application proves. */
  readonly guests?: boolean | undefined;
  /** What the hours of a meeting that has some say about `now`. */
  readonly opening?: Opening | null;
}

const iso = (ms: number) => new Date(ms).toISOString();

function refuse(code: ErrorCode, message: string, detail?: Record<string, unknown>): Refusal {
  return { ok: false, code, message, ...(detail && { detail }) };
}

type InviteState = 'valid' | 'withdrawn' | 'none';

/** An invite to another meeting says nothing here: its holder counts as a guest who claims a uid. */
function inviteState(meeting: Meeting, identity: Identity | null): InviteState {
  const invite = identity?.proof === 'invite' ? identity.invite : undefined;
  if (invite?.sessionId !== meeting.sessionId) return 'none';
  return invite.accessVersion === meeting.accessVersion ? 'valid' : 'withdrawn';
}

/** The host application's word: one whom this meeting names, or a host of all meetings. */
export function isAppHost(meeting: Meeting, identity: Identity | null): boolean {
  if (identity?.proof !== 'app') return false;
  return identity.role === 'host' || meeting.hosts.includes(identity.uid);
}

function roleOf(meeting: Meeting, identity: Identity | null, invite: InviteState): Role {
  const invited = invite === 'valid' && identity?.invite?.role === 'host';
  return invited || isAppHost(meeting, identity) ? 'host' : 'guest';
}

function refuseByAllow(meeting: Meeting, identity: Identity | null, invite: InviteState): Refusal | null {
  const proven = invite === 'valid' || identity?.proof === 'app';
  if (identity && proven && [...meeting.allow, ...meeting.hosts].includes(identity.uid)) return null;
  if (identity && proven)
    return refuse(
      'NOT_ALLOWED',
      `${identity.uid} is not on the list of this meeting; ask its host to be added.`,
    );
  if (invite === 'withdrawn')
    return refuse('NOT_ALLOWED', 'Your invite was withdrawn; ask the host for a new one.');
  return refuse(
    'NOT_ALLOWED',
    'Only invited people may join, and a name alone proves nothing; ask the host for an invite link.',
  );
}

function refuseByLink({ meeting, key, now }: Visit & { meeting: Meeting }, invite: InviteState) {
  if (invite === 'valid' || keyOpens(meeting, key, now)) return null;
  if (invite === 'withdrawn')
    return refuse('NOT_ALLOWED', 'Your invite was withdrawn; ask the host for a new one.');
  if (key === undefined)
    return refuse('NOT_ALLOWED', 'The link is incomplete; copy all of it, with what follows the #.');
  return refuse('NOT_ALLOWED', 'The key in the link is wrong; ask the host for the link again.');
}

function refuseByAccess(visit: Visit & { meeting: Meeting }, invite: InviteState): Refusal | null {
  const { meeting, identity } = visit;
  if (meeting.access === 'allow') return refuseByAllow(meeting, identity, invite);
  return meeting.access === 'link' ? refuseByLink(visit, invite) : null;
}

function refuseRemoved(
  meeting: Meeting,
  { identity, issuedAt = 0 }: Pick<Visit, 'identity' | 'issuedAt'>,
): Refusal | null {
  if (!identity || !isRemoved(meeting, identity, issuedAt)) return null;
  return refuse('REMOVED', 'You were put out of this meeting; ask its host.');
}

function refuseByState(meeting: Meeting, now: number, opening: Opening | null): Refusal | null {
  if (meeting.endedAt !== null) {
    return refuse('MEETING_ENDED', 'This meeting was ended by its host.', {
      endedAt: iso(meeting.endedAt),
    });
  }
  const isOpen = !opening || opening.open || opening.opensAt !== null;
  if (now < meeting.expiresAt && isOpen) return null;
  const expiresAt = iso(meeting.expiresAt);
  if (now < meeting.expiresAt) {
    // A door that never opens again is not to be waited at.
    return refuse('MEETING_EXPIRED', `The last hours of this meeting are over; ask its host to extend it.`, {
      expiresAt,
    });
  }
  return refuse('MEETING_EXPIRED', `This meeting expired at ${expiresAt}; ask its host to extend it.`, {
    expiresAt,
  });
}

/**
 * Whether somebody may read a meeting's facts: as for joining, but nobody needs to say who they are, and
 * before the start too.
 */
export function decideView(visit: Visit): Decision {
  const { meeting, identity, now, opening = null } = visit;
  if (!meeting) return refuse('MEETING_NOT_FOUND', 'There is no meeting with this id; check the link.');
  if (meeting.hours !== null && !opening) throw new Error('hours that nobody looked at');
  const invite = inviteState(meeting, identity);
  const refusal =
    refuseByState(meeting, now, opening) ??
    refuseRemoved(meeting, visit) ??
    // Who may manage the meeting could have its list or its link anyway.
    (isAppHost(meeting, identity) ? null : refuseByAccess({ ...visit, meeting }, invite));
  if (refusal) return refusal;
  return { ok: true, role: roleOf(meeting, identity, invite), expiresAt: meeting.expiresAt };
}

/**
 * Whether somebody may extend, end and invite to a meeting, in whatever state it is: an expired one is extended by its
 * hosts. Throws nothing; a missing identity is a refusal too.
 */
export function decideManage(visit: Pick<Visit, 'meeting' | 'identity' | 'issuedAt'>): Decision {
  const { meeting, identity } = visit;
  if (!identity) return refuse('NO_IDENTITY', 'Say who you are, with a token as Authorization: Bearer.');
  if (!meeting) return refuse('MEETING_NOT_FOUND', 'There is no meeting with this id; check the link.');
  const removed = refuseRemoved(meeting, visit);
  if (removed) return removed;
  if (roleOf(meeting, identity, inviteState(meeting, identity)) === 'host')
    return { ok: true, role: 'host', expiresAt: meeting.expiresAt };
  return refuse('NOT_ALLOWED', 'Only hosts of this meeting and the admin may do that; ask one of them.');
}

/** When the door of a meeting opens (epoch ms); null: it is open, or will never be. */
export function doorOpensAt(meeting: Meeting, opening: Opening | null, now: number): number | null {
  if (opening) return opening.open ? null : opening.opensAt;
  const opensAt = meeting.startsAt === null ? now : meeting.startsAt - EARLY_MS;
  return opensAt > now ? opensAt : null;
}

function refuseEarly({ hours, zone, startsAt }: Meeting, opensAt: number): Refusal {
  const detail = { opensAt: iso(opensAt), ...(startsAt !== null && { startsAt: iso(startsAt) }) };
  if (hours !== null) {
    const message = `This meeting is open ${hours} (${zone}) only; you can join from ${detail.opensAt}.`;
    return refuse('MEETING_NOT_STARTED', message, { ...detail, hours, zone });
  }
  const message = `This meeting starts at ${detail.startsAt}; you can join from ${detail.opensAt}.`;
  return refuse('MEETING_NOT_STARTED', message, detail);
}

/** Whether somebody may join now. Every way into a meeting asks this, each time. */
export function decideJoin(visit: Visit): Decision {
  if (!visit.identity)
    return refuse(
      'NO_IDENTITY',
      'Say who you are: POST /api/identity, then send its token as Authorization: Bearer.',
    );
  const decision = decideView(visit);
  const { meeting, identity, guests = true, opening = null, now } = visit;
  if (!decision.ok || !meeting) return decision;
  const proven = identity.proof === 'app' || inviteState(meeting, identity) === 'valid';
  if (!guests && !proven)
    return refuse('GUESTS_OFF', 'Guests are switched off here; ask the host for an invite link.');
  const opensAt = doorOpensAt(meeting, opening, now);
  if (opensAt !== null) return refuseEarly(meeting, opensAt);
  return opening?.open ? { ...decision, expiresAt: opening.until } : decision;
}
