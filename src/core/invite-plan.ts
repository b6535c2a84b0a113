import { checkUid } from './access.ts';
import { MeetError } from './errors.ts';
import type { Meeting, Role } from './meeting.ts';

export interface InviteWish {
  readonly uid: string;
  /** Shown to the others; the uid by default. */
  readonly name?: string | undefined;
  /** By default what the meeting's list of hosts says. */
  readonly role?: Role | undefined;
  /** Milliseconds; at most, and by default, as long as the meeting. */
  readonly expiresIn?: number | undefined;
}

/** What an invite token says. Times are epoch milliseconds. */
export interface InvitePlan {
  readonly sessionId: string;
  readonly accessVersion: number;
  readonly uid: string;
  readonly name: string;
  readonly role: Role;
  readonly expiresAt: number;
}

function checkInvitable(meeting: Meeting, uid: string, now: number): void {
  const { sessionId, access, allow, hosts } = meeting;
  if (meeting.endedAt !== null) {
    throw new MeetError(
      'MEETING_ENDED',
      `The meeting ${sessionId} was ended; create it again with --reopen first.`,
    );
  }
  if (meeting.expiresAt <= now) {
    throw new MeetError('MEETING_EXPIRED', `The meeting ${sessionId} has expired; extend it first.`);
  }
  if (access === 'allow' && !allow.includes(uid) && !hosts.includes(uid)) {
    const list = [...allow, uid].join(',');
    throw new MeetError(
      'NOT_ALLOWED',
      `${uid} is not on the list of ${sessionId}; create it again with --allow ${list} first.`,
    );
  }
}

/**
 * The invite that lets `uid` into the meeting, while its access stays as it is. Throws `MEETING_ENDED`,
 * `MEETING_EXPIRED`, `NOT_ALLOWED` for a uid that is not listed, and `BAD_REQUEST`.
 */
export function planInvite(meeting: Meeting, wish: InviteWish, now: number): InvitePlan {
  const uid = checkUid(wish.uid);
  const role = wish.role ?? (meeting.hosts.includes(uid) ? 'host' : 'guest');
  const name = wish.name?.trim() ?? uid;
  if (name === '' || name.length > 100 || /\p{Cc}/u.test(name)) {
    throw new MeetError('BAD_REQUEST', 'A name is 1 to 100 characters in one line; choose another.');
  }
  checkInvitable(meeting, uid, now);
  const { sessionId, accessVersion } = meeting;
  const expiresAt = Math.min(meeting.expiresAt, now + (wish.expiresIn ?? Number.POSITIVE_INFINITY));
  return { sessionId, accessVersion, uid, name, role, expiresAt };
}
