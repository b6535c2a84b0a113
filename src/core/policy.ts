import type { ErrorCode } from './errors.ts';
import type { Identity, Meeting, Role } from './meeting.ts';
import { sameSecret } from './secret.ts';

/** The door opens this long before `startsAt`. */
export const EARLY_MS = 10 * 60_000;

export interface Admission {
  readonly ok: true;
  readonly role: Role;
  /** When the meeting, and with it this admission, ends (epoch ms). */
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
  /** What followed `#key=` in the link. */
  readonly key: string | undefined;
  readonly now: number;
}

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

function refuseByAllow(meeting: Meeting, identity: Identity | null, invite: InviteState): Refusal | null {
  const proven = invite === 'valid' || identity?.proof === 'app';
  if (identity && proven && meeting.allow.includes(identity.uid)) return null;
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

function refuseByLink(meeting: Meeting, invite: InviteState, key: string | undefined): Refusal | null {
  if (meeting.key === null || invite === 'valid') return null;
  if (key !== undefined && sameSecret(key, meeting.key)) return null;
  if (invite === 'withdrawn')
    return refuse('NOT_ALLOWED', 'Your invite was withdrawn; ask the host for a new one.');
  if (key === undefined)
    return refuse('NOT_ALLOWED', 'The link is incomplete; copy all of it, with what follows the #.');
  return refuse('NOT_ALLOWED', 'The key in the link is wrong; ask the host for the link again.');
}

function refuseByState(meeting: Meeting, now: number): Refusal | null {
  if (meeting.endedAt !== null) {
    return refuse('MEETING_ENDED', 'This meeting was ended by its host.', {
      endedAt: new Date(meeting.endedAt).toISOString(),
    });
  }
  if (now < meeting.expiresAt) return null;
  const expiresAt = new Date(meeting.expiresAt).toISOString();
  return refuse('MEETING_EXPIRED', `This meeting expired at ${expiresAt}; ask its host to extend it.`, {
    expiresAt,
  });
}

/**
 * Whether somebody may read a meeting's facts: as for joining, but nobody needs to say who they are, and
 * before the start too.
 */
export function decideView({ meeting, identity, key, now }: Visit): Decision {
  if (!meeting) return refuse('MEETING_NOT_FOUND', 'There is no meeting with this id; check the link.');
  const invite = inviteState(meeting, identity);
  const refusal =
    refuseByState(meeting, now) ??
    (meeting.access === 'allow' ? refuseByAllow(meeting, identity, invite) : null) ??
    (meeting.access === 'link' ? refuseByLink(meeting, invite, key) : null);
  if (refusal) return refusal;
  const role = (invite === 'valid' && identity?.invite?.role) || 'guest';
  return { ok: true, role, expiresAt: meeting.expiresAt };
}

/** Whether somebody may join now. Every way into a meeting asks this, each time. */
export function decideJoin(visit: Visit): Decision {
  if (!visit.identity)
    return refuse(
      'NO_IDENTITY',
      'Say who you are: POST /api/identity, then send its token as Authorization: Bearer.',
    );
  const decision = decideView(visit);
  const startsAt = visit.meeting?.startsAt ?? null;
  if (!decision.ok || startsAt === null || visit.now >= startsAt - EARLY_MS) return decision;
  const detail = {
    startsAt: new Date(startsAt).toISOString(),
    opensAt: new Date(startsAt - EARLY_MS).toISOString(),
  };
  return refuse(
    'MEETING_NOT_STARTED',
    `This meeting starts at ${detail.startsAt}; you can join from ${detail.opensAt}.`,
    detail,
  );
}
