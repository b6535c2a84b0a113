import { randomUUID } from 'node:crypto';
import { decodeJwt, type JWTPayload, jwtVerify, SignJWT } from 'jose';
import { MeetError } from '../core/errors.ts';
import type { Identity, Role } from '../core/meeting.ts';
import { hmacKeyOf } from './hmac-key.ts';
import { createVerified } from './verified.ts';

export const ISSUER = 'meet';
const ALGORITHM = 'HS256';

/** As many people at a time show theirs without a signature being checked anew. */
const verified = createVerified(10_000);

/** Each kind has an audience and a claim of its own, so that a link's invite never passes as somebody's identity. */
type Kind = 'identity' | 'invite' | 'admin';

interface SignTimes {
  readonly secret: string;
  /** Epoch milliseconds, as everywhere; tokens hold the expiry in whole seconds, rounded down. */
  readonly expiresAt: number;
  readonly now: number;
}

interface VerifyOptions {
  readonly secret: string;
  readonly token: string;
  readonly now: number;
}

export interface ProvenIdentity {
  /** Of this token: two people who claim one uid still have two tokens. */
  readonly id: string;
  readonly identity: Identity;
  /** Epoch milliseconds, both. */
  readonly issuedAt: number;
  readonly expiresAt: number;
}

export interface Invite {
  readonly uid: string;
  readonly name: string;
  readonly role: Role;
  readonly sessionId: string;
  /** Of the meeting when the invite was made: a later change of access kills it. */
  readonly accessVersion: number;
}

/** Signs who somebody is, for their `Authorization: Bearer`. */
export function signIdentity(options: SignTimes & { readonly identity: Identity }): Promise<string> {
  return sign('identity', claimsOf(options.identity), options);
}

/** The identity in a token, and when it expires. Throws `NO_IDENTITY` for anything but a valid identity token. */
export async function verifyIdentity(options: VerifyOptions): Promise<ProvenIdentity> {
  const payload = await verify('identity', options);
  if (!payload) throw new MeetError('NO_IDENTITY', 'Your identity is not valid or has expired; join again.');
  return {
    id: payload.jti ?? '',
    identity: claimsOf(payload as unknown as Identity),
    issuedAt: issueOf(payload),
    expiresAt: expiryOf(payload),
  };
}

/** What of an identity a token holds, and nothing else that is in either. */
function claimsOf({ uid, name, proof, invite, role }: Identity) {
  return { uid, name, proof, ...(invite && { invite }), ...(role && { role }) };
}

/** Whether a token says that we made it; nothing is proven by that. */
export function isOurs(token: string): boolean {
  try {
    return decodeJwt(token).iss === ISSUER;
  } catch {
    return false;
  }
}

/** Signs an invite: it opens one meeting as one user, until `expiresAt`. */
export function signInvite(options: SignTimes & Invite): Promise<string> {
  const { uid, name, role, sessionId, accessVersion } = options;
  return sign('invite', { uid, name, role, sessionId, accessVersion }, options);
}

/** The invite in a token, and its times (epoch ms). Throws `NO_IDENTITY` for anything but a valid invite token. */
export async function verifyInvite(
  options: VerifyOptions,
): Promise<{ invite: Invite; issuedAt: number; expiresAt: number }> {
  const payload = await verify('invite', options);
  if (!payload) {
    throw new MeetError(
      'NO_IDENTITY',
      'This invite is not valid or has expired; ask the host for a new one.',
    );
  }
  const { uid, name, role, sessionId, accessVersion } = payload as unknown as Invite;
  const invite = { uid, name, role, sessionId, accessVersion };
  return { invite, issuedAt: issueOf(payload), expiresAt: expiryOf(payload) };
}

/** Both secrets sign it: a new admin key, too, ends every session that the old one opened. */
const adminSecret = ({ secret, adminKey }: { secret: string; adminKey: string }) => `${secret}/${adminKey}`;

/** Signs that the bearer is admin, for the page of somebody who had a one-time code. */
export function signAdmin(options: SignTimes & { readonly adminKey: string }): Promise<string> {
  return sign('admin', {}, { ...options, secret: adminSecret(options) });
}

/** Whether a token is a valid admin session. */
export async function verifyAdmin(options: VerifyOptions & { readonly adminKey: string }): Promise<boolean> {
  return (await verify('admin', { ...options, secret: adminSecret(options) })) !== null;
}

async function sign(kind: Kind, claims: JWTPayload, { secret, expiresAt, now }: SignTimes): Promise<string> {
  return (
    new SignJWT({ ...claims, kind })
      .setProtectedHeader({ alg: ALGORITHM, typ: 'JWT' })
      .setIssuer(ISSUER)
      .setAudience(`${ISSUER}:${kind}`)
      .setJti(randomUUID())
      // With its fraction (RFC 7519, 2): somebody put out and back within a second has two tokens to be told apart.
      .setIssuedAt(now / 1000)
      .setExpirationTime(Math.floor(expiresAt / 1000))
      .sign(await hmacKeyOf(secret))
  );
}

/** Null for a token that is forged, expired, or of another kind: which of them is nobody's business. */
async function verify(kind: Kind, { secret, token, now }: VerifyOptions): Promise<JWTPayload | null> {
  const shown = { kind, secret, token, now };
  const known = verified.find(shown);
  if (known) return known;
  try {
    const { payload } = await jwtVerify(token, await hmacKeyOf(secret), {
      // Named, since the token's own header must not choose how it is checked (RFC 8725, 3.1).
      algorithms: [ALGORITHM],
      issuer: ISSUER,
      audience: `${ISSUER}:${kind}`,
      requiredClaims: ['exp', 'jti', 'kind'],
      currentDate: new Date(now),
    });
    if (payload.kind !== kind) return null;
    verified.add(shown, payload);
    return payload;
  } catch {
    return null;
  }
}

function expiryOf(payload: JWTPayload): number {
  return (payload.exp ?? 0) * 1000;
}

/** A token that does not say is as old as can be. */
function issueOf({ iat = 0 }: JWTPayload): number {
  return Math.round(iat * 1000);
}
