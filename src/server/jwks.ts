import {
  createLocalJWKSet,
  createRemoteJWKSet,
  type ExportedJWKSCache,
  errors,
  type JWKSCacheInput,
  type JWTVerifyGetKey,
  jwksCache,
} from 'jose';
import { MeetError } from '../core/errors.ts';

/** A key that was taken back is refused after this; a new one is fetched when it is first seen. */
const CACHE_MS = 10 * 60_000;
/**
 * So that tokens of made-up keys do not become a flood at the issuer. Short: for so long after a fetch an unknown key counts as
 * made up, though the issuer may be down by now, or may have a new one.
 */
const COOLDOWN_MS = 5_000;
const TIMEOUT_MS = 5_000;
/** While the issuer is out of reach: how long its last keys still count, and how often it is tried. */
const STALE_MS = 60 * 60_000;
const RETRY_MS = 5_000;

/** That the issuer's keys have none that fits is its answer, and no outage. */
function isAnswer(error: unknown): boolean {
  return error instanceof errors.JWKSNoMatchingKey || error instanceof errors.JWKSMultipleMatchingKeys;
}

/**
 * The issuer's keys (RFC 7517), fetched when needed and kept. Throws `IDENTITY_UNAVAILABLE` where they cannot be fetched and
 * none that is known fits: nobody can say then whether the token is good.
 */
export function createKeys(url: URL): JWTVerifyGetKey {
  // jose keeps here what it fetched last, and when.
  const cache: JWKSCacheInput = {};
  const kept: Partial<ExportedJWKSCache> = cache;
  const remote = createRemoteJWKSet(url, {
    cacheMaxAge: CACHE_MS,
    cooldownDuration: COOLDOWN_MS,
    timeoutDuration: TIMEOUT_MS,
    [jwksCache]: cache,
  });
  let failure: { at: number; reason: unknown } | null = null;

  const isDown = () => failure !== null && Date.now() < failure.at + RETRY_MS;
  const useKept: JWTVerifyGetKey = async (header, token) => {
    const { jwks, uat = 0 } = kept;
    const key = jwks && Date.now() < uat + STALE_MS ? createLocalJWKSet(jwks)(header, token) : null;
    // Awaited here: a key that is not there is to be told as the outage that it may come from.
    const found = await key?.catch(() => null);
    if (found) return found;
    throw new MeetError('IDENTITY_UNAVAILABLE', `The keys at ${url.origin} cannot be fetched; try again.`, {
      cause: failure?.reason,
    });
  };

  return async (header, token) => {
    if (isDown()) return useKept(header, token);
    try {
      return await remote(header, token);
    } catch (error) {
      if (isAnswer(error)) throw error;
      failure = { at: Date.now(), reason: error };
      return useKept(header, token);
    }
  };
}
