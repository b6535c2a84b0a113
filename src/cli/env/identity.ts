import { parseDuration } from '../../core/duration.ts';
import { MeetError } from '../../core/errors.ts';
import type { HostAppOptions } from '../../server/host-app.ts';
import type { JwtOptions } from '../../server/jwt.ts';
import { ISSUER } from '../../server/tokens.ts';
import type { HookOptions } from '../../server/verify-hook.ts';
import type { Environment } from '../context.ts';
import { isLoopback } from '../host-name.ts';

const MOST_SKEW_MS = 5 * 60_000;
const SHORTEST_SECRET = 16;

/**
 * Who vouches for the host application's users: `MEET_JWKS_URL` with `MEET_JWT_*`, and `MEET_VERIFY_URL` with
 * `MEET_VERIFY_SECRET`. Throws `BAD_CONFIG` naming the variable.
 */
export function readIdentityEnv(env: Environment): HostAppOptions {
  return { jwt: readJwt(env), hook: readHook(env) };
}

function readJwt(env: Environment): JwtOptions | undefined {
  const { MEET_JWKS_URL, MEET_JWT_ISSUER, MEET_JWT_AUDIENCE } = env;
  if (!MEET_JWKS_URL) {
    const lonely = Object.keys(env).find(name => name.startsWith('MEET_JWT_') && env[name]);
    if (lonely)
      throw missing('MEET_JWKS_URL', `the address of the keys of the tokens that ${lonely} is about`);
    return undefined;
  }
  // A token for somebody else's service, or of another issuer with the same keys, must not pass here (RFC 8725, 3.8, 3.9).
  if (!MEET_JWT_ISSUER) throw missing('MEET_JWT_ISSUER', 'the iss of the tokens of your application');
  if (MEET_JWT_ISSUER === ISSUER)
    throw bad('MEET_JWT_ISSUER', "your application's own: the iss of its tokens");
  if (!MEET_JWT_AUDIENCE) throw missing('MEET_JWT_AUDIENCE', 'the aud of the tokens that are meant for us');
  return {
    jwksUrl: readUrl(env, 'MEET_JWKS_URL'),
    issuer: MEET_JWT_ISSUER,
    audience: MEET_JWT_AUDIENCE,
    claims: {
      uid: env.MEET_JWT_UID_CLAIM || 'sub',
      name: env.MEET_JWT_NAME_CLAIM || 'name',
      role: env.MEET_JWT_ROLE_CLAIM || undefined,
    },
    skewMs: readSkew(env.MEET_JWT_SKEW || '30s'),
  };
}

function readHook(env: Environment): HookOptions | undefined {
  const { MEET_VERIFY_URL, MEET_VERIFY_SECRET: secret = '' } = env;
  if (!MEET_VERIFY_URL && !secret) return undefined;
  if (!MEET_VERIFY_URL)
    throw missing('MEET_VERIFY_URL', 'the address of the hook that MEET_VERIFY_SECRET is for');
  // Without it anybody could ask the hook whose a token is, or whether a guess is one.
  if (secret.length < SHORTEST_SECRET || /[^\x21-\x7e]/.test(secret))
    throw bad('MEET_VERIFY_SECRET', `at least ${SHORTEST_SECRET} letters, digits and signs, without blanks`);
  return { url: readUrl(env, 'MEET_VERIFY_URL'), secret };
}

/** Whoever sits between could answer in the application's place, so https; within this machine nobody does. */
function readUrl(env: Environment, name: string): URL {
  const text = env[name] ?? '';
  const url = URL.canParse(text) ? new URL(text) : null;
  const local = url?.protocol === 'http:' && isLoopback(url.hostname.replace(/^\[|\]$/g, ''));
  if (url && !url.username && !url.password && (url.protocol === 'https:' || local)) return url;
  throw bad(name, 'an https URL, or http on this machine, without a user in it');
}

function readSkew(text: string): number {
  if (/^0\s*s?$/.test(text)) return 0;
  const skewMs = parseDuration(text);
  if (skewMs <= MOST_SKEW_MS) return skewMs;
  throw bad('MEET_JWT_SKEW', 'at most 5m: tokens live that much longer');
}

function bad(name: string, expected: string): MeetError {
  return new MeetError('BAD_CONFIG', `${name} must be ${expected}; mend it or unset it.`);
}

function missing(name: string, what: string): MeetError {
  return new MeetError('BAD_CONFIG', `${name} is missing; set it to ${what}.`);
}
