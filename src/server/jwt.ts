import { createHash } from 'node:crypto';
import {
  decodeJwt,
  errors,
  type JWTPayload,
  type JWTVerifyGetKey,
  type JWTVerifyOptions,
  jwtVerify,
} from 'jose';
import { MeetError } from '../core/errors.ts';
import { type ClaimNames, identityOf } from './claims.ts';
import type { ProvenIdentity } from './tokens.ts';

export interface JwtOptions {
  readonly jwksUrl: URL;
  readonly issuer: string;
  readonly audience: string;
  readonly claims: ClaimNames;
  /** How far the issuer's clock may be from ours, in milliseconds. */
  readonly skewMs: number;
}

/**
 * Asymmetric ones only, and never by the token's own word: a public key must not pass as the secret of an HMAC (RFC 8725,
 * 2.1 and 3.1).
 */
const ALGORITHMS = 'RS256 RS384 RS512 PS256 PS384 PS512 ES256 ES384 ES512 EdDSA Ed25519'.split(' ');

/** What a token says of itself, unproven; null for what is no JWT. */
export function peek(token: string): JWTPayload | null {
  try {
    return decodeJwt(token);
  } catch {
    return null;
  }
}

/** Grants belong to tokens: this one is known by it, and cannot be had from it. */
export const hashOf = (token: string): string => createHash('sha256').update(token).digest('base64url');

/** Told only to who has a token that the issuer really signed; of any other, no more than that it is none. */
function describe(error: unknown): string {
  if (error instanceof errors.JWTExpired) return 'it has expired; get a new one';
  if (error instanceof errors.JWTClaimValidationFailed)
    return `its ${error.claim} is not what is asked for here`;
  return 'it is not signed by a key that its issuer shows (a new key needs a new kid)';
}

/**
 * Whom a JWT of the host application names. `now`: epoch ms. Throws `NO_IDENTITY`, `BAD_REQUEST` for one without a uid, and
 * what `keys` throws.
 */
export async function verifyAppToken(
  token: string,
  { issuer, audience, claims, skewMs }: JwtOptions,
  keys: JWTVerifyGetKey,
  now: number,
): Promise<ProvenIdentity> {
  const payload = await verify(token, keys, {
    algorithms: ALGORITHMS,
    issuer,
    audience,
    requiredClaims: ['exp'],
    clockTolerance: skewMs / 1000,
    currentDate: new Date(now),
  });
  const { exp = 0, iat } = payload;
  const end = exp * 1000;
  return {
    id: hashOf(token),
    identity: identityOf(payload, claims),
    issuedAt: issueOf(iat, now, skewMs),
    // By our clock it may be over, and still count.
    expiresAt: end > now ? end : end + skewMs,
  };
}

/**
 * When a token was issued for sure (epoch ms): by a clock that may be ahead, so that who is put out does not come back with
 * a token of before. One that does not say is as old as can be. Throws `NO_IDENTITY` for one of the future.
 */
export function issueOf(iat: unknown, now: number, skewMs: number): number {
  if (typeof iat !== 'number' || !Number.isFinite(iat)) return 0;
  const issuedAt = iat * 1000;
  if (issuedAt <= now + skewMs) return issuedAt - skewMs;
  throw new MeetError(
    'NO_IDENTITY',
    "Your application's token is refused: its iat is yet to come; it is in seconds, by a clock that is right.",
  );
}

async function verify(token: string, keys: JWTVerifyGetKey, options: JWTVerifyOptions): Promise<JWTPayload> {
  try {
    return (await jwtVerify(token, keys, options)).payload;
  } catch (error) {
    if (!(error instanceof errors.JOSEError)) throw error;
    throw new MeetError('NO_IDENTITY', `Your application's token is refused: ${describe(error)}.`);
  }
}
