import { Refusal } from './refusal.ts';
import { findMeeting, type Meeting } from './store.ts';

export interface User {
  /** Of CometChat: letters, digits, `-` and `_`. Your own user's id will do. */
  uid: string;
  /** What the others see. */
  name: string;
}

/** Lets a user into a meeting, or throws a Refusal. Asked before each token: what a page says proves nothing. */
export function admit(user: User, meetingId: string): Meeting {
  const meeting = findMeeting(meetingId);
  if (!meeting) throw new Refusal(404, 'MEETING_NOT_FOUND', 'There is no such meeting. Ask for a new link.');
  if (meeting.expiresAt < Date.now())
    throw new Refusal(410, 'MEETING_EXPIRED', 'This meeting is over. Ask for a new link.');
  if (meeting.allow && !meeting.allow.includes(user.uid))
    throw new Refusal(403, 'NOT_ALLOWED', 'You are not on the list of this meeting.');
  return meeting;
}

/** Whom a new meeting is for: the listed uids and the one who makes it, or null for everybody who is logged in. */
export function readAllowList(body: unknown, { uid }: User): string[] | null {
  const allow = (body as { allow?: unknown } | null)?.allow ?? null;
  if (allow === null) return null;
  if (!Array.isArray(allow) || !allow.every(each => typeof each === 'string'))
    throw new Refusal(400, 'BAD_REQUEST', 'allow has to be a list of uids.');
  return [...new Set([uid, ...allow])];
}
