import { MeetError } from './errors.ts';
import type { Access, Meeting } from './meeting.ts';

/** A wish about who may join; nothing given leaves it as it is. */
export interface AccessChange {
  /** Admits these uids only, instead of whoever has the link; null goes back to the link. */
  readonly allow?: readonly string[] | null | undefined;
  /** True admits whoever knows the id; false takes that back. */
  readonly public?: boolean | undefined;
}

type AccessState = Pick<Meeting, 'access' | 'allow'>;

/** What CometChat takes for a uid, for schemas and checks alike. */
export const UID_PATTERN = '^[A-Za-z0-9][A-Za-z0-9_-]{0,99}$';

const UID = new RegExp(UID_PATTERN);

/** Returns `uid` trimmed, or throws `BAD_REQUEST` when CometChat would refuse it. */
export function checkUid(uid: string): string {
  const trimmed = uid.trim();
  if (UID.test(trimmed)) return trimmed;
  throw new MeetError(
    'BAD_REQUEST',
    `${JSON.stringify(uid)} is not a uid; use letters, digits, _ and -, at most 100, a letter or digit first.`,
  );
}

function listOf(uids: readonly string[]): string[] {
  // An empty list from an unset variable must not open the meeting to whoever has the link.
  if (uids.length === 0)
    throw new MeetError('BAD_REQUEST', 'The allow list is empty; name at least one uid, or leave it out.');
  return [...new Set(uids.map(checkUid))];
}

/** The access after a change. Throws `BAD_REQUEST` for a change that contradicts itself, and for bad uids. */
export function changeAccess(before: AccessState | null, change: AccessChange): AccessState {
  if (change.public && change.allow) {
    throw new MeetError(
      'BAD_REQUEST',
      'A meeting is either public or for listed people; give only one of --public and --allow.',
    );
  }
  if (change.allow) return { access: 'allow', allow: listOf(change.allow) };
  if (change.public) return { access: 'public', allow: [] };
  const dropped: Access | null = change.allow === null ? 'allow' : change.public === false ? 'public' : null;
  if (!before || before.access === dropped) return { access: 'link', allow: [] };
  return { access: before.access, allow: before.allow };
}

/** Whether somebody who may join before may not join after: tokens given out until then must die. */
export function isNarrower(before: AccessState, after: AccessState): boolean {
  if (after.access === 'public') return false;
  if (after.access === 'link') return before.access !== 'link';
  return before.access !== 'allow' || !before.allow.every(uid => after.allow.includes(uid));
}
