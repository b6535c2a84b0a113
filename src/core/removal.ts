import { checkUid } from './access.ts';
import { MeetError } from './errors.ts';
import type { Identity, Meeting, Removal } from './meeting.ts';

/** More would make every look at the meeting slow; who is thrown out that often needs another link. */
const MOST_REMOVALS = 1_000;
/** So that a host who puts out whom nobody knows leaves the admin room to put out that host. */
const MOST_BY_HOSTS = 200;

// CometChat folds uids: Alice and alice are one account there.
const sameUid = (one: string, other: string) => one.toLowerCase() === other.toLowerCase();

function removalOf({ removals }: Pick<Meeting, 'removals'>, uid: string): Removal | undefined {
  return removals.find(removal => sameUid(removal.uid, uid));
}

/**
 * Whether somebody was put out of a meeting since their identity token was issued (epoch ms), or for good. A revoked
 * person's old invite makes new identity tokens, so it is looked at too.
 */
export function isRemoved(meeting: Meeting, identity: Identity, issuedAt: number): boolean {
  const removal = removalOf(meeting, identity.uid);
  if (!removal) return false;
  if (removal.forever || issuedAt <= removal.before) return true;
  const { invite } = identity;
  if (removal.invitesBefore === undefined || invite?.sessionId !== meeting.sessionId) return false;
  return (invite.issuedAt ?? 0) <= removal.invitesBefore;
}

/** What a mere kick is not: forgotten, it would bring old invites back to life. */
const isLasting = ({ forever, invitesBefore }: Removal) => forever || invitesBefore !== undefined;

function withRemoval(meeting: Meeting, removal: Removal, most: number): readonly Removal[] {
  const others = meeting.removals.filter(({ uid }) => !sameUid(uid, removal.uid));
  const lasting = others.filter(isLasting).length;
  const oldestKick = others.findIndex(each => !isLasting(each));
  const isFull = others.length >= MOST_REMOVALS && oldestKick < 0;
  if (isFull || (isLasting(removal) && lasting >= most))
    throw new MeetError(
      'BAD_REQUEST',
      `${lasting} people were put out of ${meeting.sessionId} for good; rotate its key, or list who may come.`,
    );
  return [...(others.length < MOST_REMOVALS ? others : others.toSpliced(oldestKick, 1)), removal];
}

const revised = (meeting: Meeting) => ({ ...meeting, revision: meeting.revision + 1 });

/** Puts a uid out now; a new identity lets it in again where access does. Throws `BAD_REQUEST`. */
export function kickPerson(meeting: Meeting, wished: string, now: number): Meeting {
  const uid = checkUid(wished);
  const known = removalOf(meeting, uid);
  const removals = withRemoval(meeting, { forever: false, ...known, uid, before: now }, MOST_REMOVALS);
  return { ...revised(meeting), removals };
}

/**
 * Puts a uid out for good: off the lists, its invites dead, until it is invited or listed again. Nobody else's tokens
 * suffer. Throws `BAD_REQUEST`.
 */
export function revokePerson(meeting: Meeting, wished: string, now: number, by?: 'host'): Meeting {
  const uid = checkUid(wished);
  const most = by === 'host' ? MOST_BY_HOSTS : MOST_REMOVALS;
  const removals = withRemoval(meeting, { uid, before: now, forever: true, invitesBefore: now }, most);
  const without = (uids: readonly string[]) => uids.filter(other => !sameUid(other, uid));
  return { ...revised(meeting), removals, allow: without(meeting.allow), hosts: without(meeting.hosts) };
}

/** Whether a uid was put out for good. */
export function isRevoked(meeting: Pick<Meeting, 'removals'>, uid: string): boolean {
  return removalOf(meeting, uid)?.forever === true;
}

/** Lets revoked uids come again with what they are given from now on; what they had stays dead. */
export function readmit<M extends Pick<Meeting, 'removals'>>(meeting: M, uids: readonly string[]): M {
  const isWelcome = ({ uid, forever }: Removal) => forever && uids.some(each => sameUid(each, uid));
  if (!meeting.removals.some(isWelcome)) return meeting;
  const removals = meeting.removals.map(each => (isWelcome(each) ? { ...each, forever: false } : each));
  return { ...meeting, removals };
}
