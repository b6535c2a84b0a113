import type { Identity, Meeting, Role } from './meeting.ts';
import { isAppHost } from './policy.ts';
import { isRemoved } from './removal.ts';

/** How somebody was let in. Times are epoch milliseconds. */
export interface Entry {
  readonly identity: Identity;
  /** Of the identity token. */
  readonly issuedAt: number;
  readonly role: Role;
  readonly at: number;
}

export type GoReason = 'MEETING_ENDED' | 'REMOVED' | 'NOT_ALLOWED';

/**
 * Why somebody inside has to go; null: they may stay. Softer than the door: whoever was let in stays when the meeting
 * expires or its hours are over, so that nobody is cut off in mid-sentence, and when others were taken off the list.
 * `entry` is null where it was forgotten.
 */
export function reasonToGo(meeting: Meeting, uid: string, entry: Entry | null): GoReason | null {
  if (meeting.endedAt !== null) return 'MEETING_ENDED';
  const identity: Identity = entry?.identity ?? { uid, name: uid, proof: 'claimed' };
  if (isRemoved(meeting, identity, entry?.issuedAt ?? 0)) return 'REMOVED';
  const isInvited = identity.invite?.sessionId === meeting.sessionId;
  if (meeting.access === 'allow') return mayStayListed(meeting, identity, isInvited) ? null : 'NOT_ALLOWED';
  // Without a trace of having shown the key: they were inside before the meeting was, or too many came since.
  if (entry === null) return meeting.access === 'link' && meeting.key !== null ? 'NOT_ALLOWED' : null;
  const byLink = !isInvited && entry.role !== 'host';
  return byLink && entry.at <= (meeting.linkBefore ?? 0) ? 'NOT_ALLOWED' : null;
}

function mayStayListed(meeting: Meeting, identity: Identity, isInvited: boolean): boolean {
  const { uid, proof } = identity;
  if (isAppHost(meeting, identity)) return true;
  return [...meeting.allow, ...meeting.hosts].includes(uid) && (isInvited || proof === 'app');
}
