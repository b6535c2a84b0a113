import type { IncomingHttpHeaders } from 'node:http';
import { MeetError } from '../core/errors.ts';
import type { Identity, Meeting, Role } from '../core/meeting.ts';
import { openingOf } from '../core/opening.ts';
import { type Admission, type Decision, decideJoin, decideView } from '../core/policy.ts';
import type { AuditFacts } from './audited.ts';
import { isAdmin, readIdentity } from './bearer.ts';
import type { AppContext } from './context.ts';
import { isGuestUid } from './identity.ts';
import type { ProvenIdentity } from './tokens.ts';

export interface Visitor {
  readonly sessionId: string;
  readonly headers: IncomingHttpHeaders;
  readonly key: string | undefined;
  /** Where they came from. */
  readonly address: string | undefined;
  /** Told what becomes known about them, before the decision. */
  readonly note?: (facts: AuditFacts) => void;
}

export interface Admitted extends Omit<Admission, 'ok'> {
  readonly identity: Identity;
  /** Of the identity token that was shown. */
  readonly identityId: string;
  readonly identityIssuedAt: number;
  readonly identityExpiresAt: number;
  /** What followed `#key=` in the link. */
  readonly key: string | undefined;
  readonly meeting: Meeting;
  /** When that was, in epoch milliseconds. */
  readonly at: number;
}

/** Decides about a person who wants to join now. Throws the refusal, with the meeting's codes. */
export async function admit(context: AppContext, visitor: Visitor): Promise<Admitted> {
  const now = context.now();
  const { key } = visitor;
  const proven = await readIdentity(visitor.headers, context);
  const identity = proven?.identity ?? null;
  noteIdentity(visitor, identity);
  if (proven) context.visitLimits.count('join', visitor, countedAs(proven));
  const meeting = identity && (await findNow(context, visitor.sessionId));
  const opening = meeting && meeting.hours !== null ? await openingOf(meeting, now) : null;
  const { guests } = context;
  const visit = { meeting, identity, issuedAt: proven?.issuedAt, key, now, guests, opening };
  const decision = decideJoin(visit);
  context.visitLimits.learn('join', visitor, meeting, decision);
  const admission = orThrow(decision);
  if (!proven || !identity || !meeting) throw new Error('the policy admitted nobody, or to nothing');
  if (!context.claimedUids) checkAccount(identity, meeting);
  const { role, expiresAt } = admission;
  visitor.note?.({ role });
  const { id: identityId, issuedAt: identityIssuedAt, expiresAt: identityExpiresAt } = proven;
  return {
    identity,
    identityId,
    identityIssuedAt,
    identityExpiresAt,
    key,
    meeting,
    role,
    expiresAt,
    at: now,
  };
}

/** Most visits are to a meeting that was just visited; a promise for it would cost more than the decision. */
function findNow({ store }: AppContext, sessionId: string): Meeting | null | Promise<Meeting | null> {
  return store.recall(sessionId) ?? store.find(sessionId);
}

/** Decides once more about somebody who was admitted, by what is stored now. Throws the refusal. */
export async function confirm(context: AppContext, admitted: Admitted): Promise<void> {
  const { identity, identityIssuedAt: issuedAt, key } = admitted;
  const now = context.now();
  const meeting = await findNow(context, admitted.meeting.sessionId);
  // The very object: the store remembered it, since nobody has written.
  if (meeting === admitted.meeting && now === admitted.at) return;
  const opening = meeting && meeting.hours !== null ? await openingOf(meeting, now) : null;
  const { guests } = context;
  orThrow(decideJoin({ meeting, identity, issuedAt, key, now, guests, opening }));
  if (meeting && !context.claimedUids) checkAccount(identity, meeting);
}

export interface Viewer {
  readonly meeting: Meeting;
  /** A host may see the whole link, key and all; so may who manages the meeting. */
  readonly role: Role;
}

/**
 * Decides about somebody who wants to know of a meeting: with the link's key, as whom it is for, or as its manager, who
 * sees it after its end too.
 */
export async function admitView(context: AppContext, visitor: Visitor): Promise<Viewer> {
  if (await isAdmin(visitor.headers, context)) {
    visitor.note?.({ proof: 'admin' });
    return { meeting: await findForAdmin(context, visitor.sessionId), role: 'host' };
  }
  const now = context.now();
  const proven = await readIdentity(visitor.headers, context);
  context.visitLimits.count('view', visitor, proven ? countedAs(proven) : undefined);
  const meeting = await context.store.find(visitor.sessionId);
  const opening = meeting && (await openingOf(meeting, now));
  const identity = proven?.identity ?? null;
  noteIdentity(visitor, identity);
  const { key } = visitor;
  const decision = decideView({ meeting, identity, issuedAt: proven?.issuedAt, key, now, opening });
  context.visitLimits.learn('view', visitor, meeting, decision);
  const { role } = orThrow(decision);
  if (!meeting) throw new Error('the policy showed a meeting that is not there');
  return { meeting, role };
}

/** A proven uid counts as one, however many tokens its invite was swapped for; a claimed one may be many people's. */
function countedAs({ id, identity }: ProvenIdentity): string {
  return identity.proof === 'claimed' ? id : `uid ${identity.uid.toLowerCase()}`;
}

function noteIdentity({ note }: Visitor, identity: Identity | null): void {
  if (identity) note?.({ uid: identity.uid, name: identity.name, proof: identity.proof });
}

async function findForAdmin({ store }: AppContext, sessionId: string): Promise<Meeting> {
  const meeting = await store.find(sessionId);
  if (meeting) return meeting;
  throw new MeetError('MEETING_NOT_FOUND', 'There is no meeting with this id; check it.');
}

function orThrow(decision: Decision): Admission {
  if (decision.ok) return decision;
  const { code, message, detail } = decision;
  throw new MeetError(code, message, detail && { detail });
}

/**
 * With the cloud a uid is somebody's account. That of an invite opens the meeting it was made for, and no other one that its
 * holder would have entered as a guest. One that was claimed, at an emulator with the same secret, opens nothing here.
 */
function checkAccount({ uid, proof, invite }: Identity, meeting: Meeting): void {
  if (proof === 'claimed' && !isGuestUid(uid))
    throw new MeetError('NO_IDENTITY', "Your identity is not of this server's; join again.");
  if (!invite) return;
  if (invite.sessionId === meeting.sessionId && invite.accessVersion === meeting.accessVersion) return;
  throw new MeetError(
    'NOT_ALLOWED',
    'Your invite is not, or no longer, for this meeting; join it as a guest.',
  );
}
