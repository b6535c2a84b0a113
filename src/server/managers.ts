import type { IncomingHttpHeaders } from 'node:http';
import { MeetError } from '../core/errors.ts';
import type { InvitePlan } from '../core/invite-plan.ts';
import type { Identity, Meeting } from '../core/meeting.ts';
import { decideManage } from '../core/policy.ts';
import { isRevoked } from '../core/removal.ts';
import type { AuditFacts } from './audited.ts';
import { isAdmin, readIdentity } from './bearer.ts';
import type { AppContext } from './context.ts';
import type { PatchRequest } from './requests.ts';
import type { ProvenIdentity } from './tokens.ts';

/** Who may manage a meeting: all of it, or as one of its hosts. */
export type Manager = { readonly kind: 'admin' } | { readonly kind: 'host'; readonly identity: Identity };

/**
 * The manager who sent the request; `note` takes what the audit trail should know of them. Throws `NOT_ADMIN` for who shows nothing that is known here, `NOT_ALLOWED` for who is
 * no host of this meeting, `MEETING_NOT_FOUND`.
 */
export async function checkManager(
  context: AppContext,
  headers: IncomingHttpHeaders,
  sessionId: string,
  note: (facts: AuditFacts) => void,
): Promise<Manager> {
  if (await isAdmin(headers, context)) {
    note({ proof: 'admin' });
    return { kind: 'admin' };
  }
  const { identity, issuedAt } = await proofOf(context, headers);
  const { uid, name, proof } = identity;
  note({ uid, name, proof });
  const decision = decideManage({ identity, issuedAt, meeting: await context.store.find(sessionId) });
  if (!decision.ok) throw new MeetError(decision.code, decision.message);
  note({ role: 'host' });
  return { kind: 'host', identity };
}

async function proofOf(context: AppContext, headers: IncomingHttpHeaders): Promise<ProvenIdentity> {
  const proven = await readIdentity(headers, context).catch(error => {
    // Most who come here without being known mean to be admin.
    if (error instanceof MeetError && error.code === 'NO_IDENTITY') return null;
    throw error;
  });
  // A guest's own word is no more than none.
  if (proven && proven.identity.proof !== 'claimed') return proven;
  throw new MeetError(
    'NOT_ADMIN',
    'Only with the admin key, Authorization: Bearer <.meet/admin-key>, as a host of this meeting, or on the page that meet admin opens.',
  );
}

/** What a host decides: about people and time. What a meeting is, and that everybody may come, is the admin's. */
const HOST_FIELDS: readonly string[] = ['title', 'expiresAt', 'extendBy', 'allow'];

/** Throws `NOT_ALLOWED` for a change that is not a host's to make. */
export function checkPatch(manager: Manager, request: PatchRequest): void {
  if (manager.kind === 'admin') return;
  const field = Object.keys(request).find(name => !HOST_FIELDS.includes(name));
  const refused = field ?? (request.allow === null ? 'allow' : undefined);
  if (refused === undefined) return;
  const rights = 'A host changes the title, the expiry and who is on the list';
  throw new MeetError('NOT_ALLOWED', `${rights}; ${refused} is the admin's to change.`);
}

/**
 * Throws `NOT_ALLOWED` for an invite that is not a host's to give: as host, which would outlive its giver's own rights, for
 * whom was put out for good, or where the invited gets an auth token of the cloud, which would open that account's every session.
 */
export function checkInvite(
  { claimedUids, strict }: Pick<AppContext, 'claimedUids' | 'strict'>,
  manager: Manager,
  meeting: Meeting,
  { uid, role }: InvitePlan,
): void {
  if (manager.kind === 'admin') return;
  if (role === 'host')
    throw new MeetError('NOT_ALLOWED', "A host invites guests; to invite a host is the admin's.");
  checkReadmission(manager, meeting, [uid]);
  if (!claimedUids && !strict)
    throw new MeetError('NOT_ALLOWED', 'Without strict mode only the admin invites; ask for MEET_STRICT=on.');
}

/** Throws `NOT_ALLOWED` where a host would let somebody in again who was put out for good: perhaps a host, and by the admin. */
export function checkReadmission(manager: Manager, meeting: Meeting, uids: readonly string[]): void {
  if (manager.kind === 'admin') return;
  const revoked = uids.find(uid => isRevoked(meeting, uid));
  if (revoked === undefined) return;
  throw new MeetError(
    'NOT_ALLOWED',
    `${revoked} was put out of this meeting for good; to let them in again is the admin's.`,
  );
}
