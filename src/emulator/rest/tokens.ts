import { hash } from 'node:crypto';
import { createSigner, createVerifier } from 'fast-jwt';
import { createWithdrawn } from './withdrawn.ts';

/** A person, as CometChat's users resource knows one. */
export interface User {
  readonly uid: string;
  readonly name: string;
  readonly avatar: string;
}

/** What a call token says: one user, one session. */
export interface CallClaims {
  /** The token's own id: one live occupant per token. */
  readonly id: string;
  readonly sessionId: string;
  readonly user: User;
  /** Of the auth token it was made with, see `hashToken`. */
  readonly authHash: string;
  /** Set where a token is shown, by `maySend`: what this one sends is for nobody. */
  readonly watches?: boolean;
}

/**
 * Whether a user may be in a session, by the auth token that vouches for it: anybody may call himself alice where uids
 * are claimed, so the uid alone proves nothing.
 */
export type MayIssue = (uid: string, sessionId: string, authHash: string) => boolean | Promise<boolean>;

/** SHA-256 of a token, base64url: names the token without being it. */
export function hashToken(token: string): string {
  return hash('sha256', token, 'base64url');
}

export interface CallToken {
  readonly claims: CallClaims;
  readonly expired: boolean;
}

/** Issues and reads the emulator's auth and call tokens: HS256 JSON Web Tokens (RFC 7519). */
export interface Tokens {
  issueAuth(user: User): Promise<string>;
  /** Null for anything but a valid token that was not withdrawn. */
  readAuth(token: string): Promise<User | null>;
  /** Makes a valid auth token invalid. */
  withdrawAuth(token: string): Promise<void>;
  /** Says who somebody is, to whom it may concern; it opens nothing here. */
  issueProfile(user: User): Promise<string>;
  issueCall(user: User, sessionId: string, authHash: string): Promise<string>;
  /** Null for anything not signed here; an expired token is still read, since its occupant may come back. */
  readCall(token: string): Promise<CallToken | null>;
}

export interface TokenOptions {
  readonly secret: string;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  readonly newId: () => string;
}

/** As long as the vendor's call tokens live. */
export const CALL_TOKEN_SECONDS = 5 * 60;
const AUTH_TOKEN_SECONDS = 24 * 60 * 60;

/** The audience keeps an auth token from passing as a call token and the other way round. */
const AUDIENCE = { auth: 'emulator-auth', call: 'emulator-call', profile: 'emulator-profile' } as const;
type Audience = (typeof AUDIENCE)[keyof typeof AUDIENCE];

interface Payload {
  readonly data: unknown;
  readonly jti: string;
  /** Seconds since the epoch, as RFC 7519 has them. */
  readonly exp: number;
}

export function createTokens({ secret, now, newId }: TokenOptions): Tokens {
  // jose would do it on a thread of WebCrypto's, and the way there and back costs more than all else that lets somebody in.
  const key = Buffer.from(secret);
  const sign = createSigner({ key, algorithm: 'HS256' });
  const verifiers = new Map(Object.values(AUDIENCE).map(audience => [audience, verifierOf(key, audience)]));
  const withdrawn = createWithdrawn(now);

  const issue = async (audience: Audience, data: Record<string, unknown>, seconds: number) => {
    const iat = Math.floor(now() / 1000);
    return sign({ data, aud: audience, jti: newId(), iat, exp: iat + seconds });
  };
  const read = (audience: Audience, token: string): { payload: Payload; expired: boolean } | null => {
    try {
      const payload: Payload = verifiers.get(audience)?.(token);
      return { payload, expired: payload.exp <= Math.floor(now() / 1000) };
    } catch {
      return null;
    }
  };

  return {
    issueAuth: user => issue(AUDIENCE.auth, { user }, AUTH_TOKEN_SECONDS),
    async readAuth(token) {
      const jwt = read(AUDIENCE.auth, token);
      if (!jwt || jwt.expired || withdrawn.has(jwt.payload.jti)) return null;
      return (jwt.payload.data as { user: User }).user;
    },
    async withdrawAuth(token) {
      const jwt = read(AUDIENCE.auth, token);
      if (jwt && !jwt.expired) withdrawn.add(jwt.payload.jti, jwt.payload.exp * 1000);
    },
    issueProfile: user => issue(AUDIENCE.profile, { user }, AUTH_TOKEN_SECONDS),
    // SDK 4.2.6 reads `data.sessionId` out of the token itself.
    issueCall: (user, sessionId, authHash) =>
      issue(AUDIENCE.call, { sessionId, user, authHash }, CALL_TOKEN_SECONDS),
    async readCall(token) {
      const jwt = read(AUDIENCE.call, token);
      if (!jwt) return null;
      const data = jwt.payload.data as Omit<CallClaims, 'id'>;
      return { claims: { id: jwt.payload.jti, ...data }, expired: jwt.expired };
    },
  };
}

/** Tokens that have expired pass; how they differ from others is for who reads them. */
function verifierOf(key: Buffer, audience: Audience) {
  return createVerifier({
    key,
    // Named, since the token's own header must not choose how it is checked (RFC 8725, 3.1).
    algorithms: ['HS256'],
    allowedAud: audience,
    requiredClaims: ['exp', 'jti'],
    ignoreExpiration: true,
  });
}
