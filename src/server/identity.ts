import { customAlphabet } from 'nanoid';
import { MeetError } from '../core/errors.ts';
import type { Identity } from '../core/meeting.ts';
import { IDENTITY_MS } from '../core/removal.ts';
import { type ProvenIdentity, verifyInvite } from './tokens.ts';

// Lower case, since CometChat folds the uids of its users to it.
const newGuestPart = customAlphabet('abcdefghijklmnopqrstuvwxyz0123456789', 21);

/** Whether a guest's uid was made here, and is therefore nobody's account at the cloud. */
export function isGuestUid(uid: string): boolean {
  return /^guest-[a-z0-9]{21}$/.test(uid);
}

export interface Introduction {
  readonly uid?: string;
  readonly name?: string;
  readonly invite?: string;
}

export interface IdentityRules {
  readonly secret: string;
  readonly guests: boolean;
  readonly claimedUids: boolean;
}

export interface Introduced {
  readonly identity: Identity;
  /**
   * Epoch milliseconds. Of what it was made from: else whoever is put out would come back by swapping an invite or a token of
   * the application for a new identity.
   */
  readonly issuedAt: number;
  /** Epoch milliseconds. */
  readonly expiresAt: number;
}

/**
 * Turns how somebody introduces themselves into an identity and its end (epoch ms). Throws `GUESTS_OFF`,
 * `NO_IDENTITY` for a dead invite, `BAD_REQUEST`.
 */
export async function introduce(
  { uid, name, invite }: Introduction,
  rules: IdentityRules,
  now: number,
): Promise<Introduced> {
  const expiresAt = now + IDENTITY_MS;
  if (invite === undefined) return { identity: makeGuest(uid, name, rules), issuedAt: now, expiresAt };
  if (uid !== undefined || name !== undefined) {
    throw new MeetError('BAD_REQUEST', 'An invite names its user; send the invite alone.');
  }
  const proven = await verifyInvite({ secret: rules.secret, token: invite, now });
  const { sessionId, role, accessVersion } = proven.invite;
  return {
    identity: {
      uid: proven.invite.uid,
      name: proven.invite.name,
      proof: 'invite',
      invite: { sessionId, role, accessVersion },
    },
    issuedAt: notAfter(proven.issuedAt, now),
    expiresAt: Math.min(expiresAt, proven.expiresAt),
  };
}

/** By another server's clock it may be of the future, and what says nothing is as old as can be. */
function notAfter(issuedAt: number, now: number): number {
  return Math.max(0, Math.min(issuedAt, now));
}

function makeGuest(claimed: string | undefined, name: string | undefined, rules: IdentityRules): Identity {
  if (!rules.guests) {
    throw new MeetError('GUESTS_OFF', 'Guests are switched off here; ask the host for an invite link.');
  }
  if (claimed !== undefined && !rules.claimedUids) {
    throw new MeetError(
      'BAD_REQUEST',
      "A uid cannot be claimed with CometChat's cloud, it may be somebody's account; send a name only, or an invite.",
    );
  }
  const uid = claimed ?? `guest-${newGuestPart()}`;
  return { uid, name: name === undefined ? uid : cleanName(name), proof: 'claimed' };
}

/**
 * The identity of ours for whom the host application's token names; it ends when that one does, and is no younger. Throws `BAD_REQUEST` for
 * more than the token.
 */
export function adopt(
  { identity, issuedAt, expiresAt }: ProvenIdentity,
  introduction: Introduction,
  now: number,
): Introduced {
  if (Object.keys(introduction).length > 0) {
    throw new MeetError('BAD_REQUEST', "Your application's token names its user; send {} with it.");
  }
  return { identity, issuedAt: notAfter(issuedAt, now), expiresAt: Math.min(now + IDENTITY_MS, expiresAt) };
}

/** A display name: trimmed, 1 to 100 characters in one line. Throws `BAD_REQUEST`. */
export function cleanName(name: string): string {
  const trimmed = name.trim();
  const length = [...trimmed].length;
  // Control characters forge lines in logs; direction overrides make one name read as another.
  const forged = /[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]/u.test(trimmed);
  if (length >= 1 && length <= 100 && !forged) return trimmed;
  throw new MeetError('BAD_REQUEST', 'A name is 1 to 100 characters in one line; choose another.');
}
