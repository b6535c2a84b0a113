import { checkUid } from './access.ts';
import { MeetError } from './errors.ts';
import type { Identity, Meeting, Removal } from './meeting.ts';

/** How long an identity token of ours lives at most, in milliseconds. */
export const IDENTITY_MS = 12 * 3_600_000;

/** More would make every look at the meeting slow; who is thrown out that often needs another link. */
const MOST_REMOVALS = 1_000;
/** So that a host who puts out whom nobody knows leaves the admin room to put out that host. Kicks count apart. */
const MOST_BY_HOSTS = 200;

// CometChat folds uids: Alice and alice are one account there.
const sameUid = (one: string, other: string) => one.toLowerCase() === other.toLowerCase();

function removalOf({ removals }: Pick<Meeting, 'removals'>, uid: string): Removal | undefined {
  return removals.find(removal => sameUid(removal.uid, uid));
}

/** Whether somebody was put out of a meeting since their identity token was issued (epoch ms), or for good. */
export function isRemoved(meeting: Meeting, { uid }: Identity, issuedAt: number): boolean {
  const removal = removalOf(meeting, uid);
  return removal !== undefined && (removal.forever || issuedAt <= removal.before);
}

const isLasting = ({ forever, invitesBefore }: Removal) => forever || invitesBefore !== undefined;
const isHostsKick = (removal: Removal) => removal.by === 'host' && !isLasting(removal);

/**
 * With this removal in place of what was known of its uid. Where there are too many the oldest kick is forgotten: by a host
 * none of the admin's, and none that kept an identity token out which is alive.
 */
function withRemoval(meeting: Meeting, removal: Removal, now: number, by?: 'host'): readonly Removal[] {
  const others = meeting.removals.filter(({ uid }) => !sameUid(uid, removal.uid));
  const lasting = others.filter(isLasting).length;
  const most = by === 'host' ? MOST_BY_HOSTS : MOST_REMOVALS;
  const known = removalOf(meeting, removal.uid);
  const isNew = !known || !isLasting(known);
  if (isLasting(removal) && isNew && lasting >= most)
    throw tooMany(meeting, `${lasting} people were put out for good`);
  const areHostsFull = isHostsKick(removal) && others.filter(isHostsKick).length >= MOST_BY_HOSTS;
  if (others.length < MOST_REMOVALS && !areHostsFull) return [...others, removal];
  const mayForget = by === 'host' ? isHostsKick : (each: Removal) => !isLasting(each);
  const oldest = others.findIndex(each => mayForget(each) && each.before < now - IDENTITY_MS);
  if (oldest < 0) throw tooMany(meeting, `${others.length} people were put out lately`);
  return [...others.toSpliced(oldest, 1), removal];
}

function tooMany({ sessionId }: Meeting, why: string): MeetError {
  return new MeetError('BAD_REQUEST', `Of ${sessionId} ${why}; rotate its key, or list who may come.`);
}

const revised = (meeting: Meeting) => ({ ...meeting, revision: meeting.revision + 1 });

/** Puts a uid out now; what it is given from then on lets it in again where access does. Throws `BAD_REQUEST`. */
export function kickPerson(meeting: Meeting, wished: string, now: number, by?: 'host'): Meeting {
  const uid = checkUid(wished);
  const known = removalOf(meeting, uid);
  const { by: _, ...kept } = known ?? { forever: false };
  // A host who kicks whom the admin kicked must not make that forgotten earlier.
  const isHosts = by === 'host' && (!known || known.by === 'host');
  const removal = { ...kept, uid, before: now, ...(isHosts && { by }) };
  return { ...revised(meeting), removals: withRemoval(meeting, removal, now, by) };
}

/**
 * Puts a uid out for good: off the lists, its invites dead, until it is invited or listed again. Nobody else's tokens
 * suffer. Throws `BAD_REQUEST`.
 */
export function revokePerson(meeting: Meeting, wished: string, now: number, by?: 'host'): Meeting {
  const uid = checkUid(wished);
  const removal = { uid, before: now, forever: true, invitesBefore: now };
  const removals = withRemoval(meeting, removal, now, by);
  const without = (uids: readonly string[]) => uids.filter(other => !sameUid(other, uid));
  return { ...revised(meeting), removals, allow: without(meeting.allow), hosts: without(meeting.hosts) };
}

/** Whether a uid was put out for good. */
export function isRevoked(meeting: Pick<Meeting, 'removals'>, uid: string): boolean {
  return removalOf(meeting, uid)?.forever === true;
}

/** Throws `NOT_ALLOWED` for a uid that was put out for good: where nobody said to let them in again. */
export function refuseRevoked(meeting: Pick<Meeting, 'removals' | 'sessionId'>, uid: string): void {
  if (!isRevoked(meeting, uid)) return;
  const { sessionId } = meeting;
  const words = `${uid} was revoked from ${sessionId}; to let them in again: meet invite ${sessionId} --as ${uid}`;
  throw new MeetError('NOT_ALLOWED', words);
}

/** Lets revoked uids come again with what they are given from now on; what they had stays dead. */
export function readmit<M extends Pick<Meeting, 'removals'>>(meeting: M, uids: readonly string[]): M {
  const isWelcome = ({ uid, forever }: Removal) => forever && uids.some(each => sameUid(each, uid));
  if (!meeting.removals.some(isWelcome)) return meeting;
  const removals = meeting.removals.map(each => (isWelcome(each) ? { ...each, forever: false } : each));
  return { ...meeting, removals };
}
