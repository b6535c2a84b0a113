import { MeetError } from '../core/errors.ts';
import { createNewest } from '../core/newest.ts';
import { identityOf } from './claims.ts';
import { hashOf, issueOf, peek } from './jwt.ts';
import type { ProvenIdentity } from './tokens.ts';

export interface HookOptions {
  readonly url: URL;
  /** Sent as a bearer token, so that nobody else learns from the hook whose a token is. */
  readonly secret: string;
}

const TIMEOUT_MS = 3_000;
/** How long an answer counts: so long does a token go on that the application has taken back. */
const CACHE_MS = 30_000;
const CACHED = 10_000;
const MOST_PENDING = 200;
const MOST_CHARACTERS = 16 * 1024;
/** How far the clock of whoever made a token may be from ours. */
const SKEW_MS = 30_000;
/** Of our own token for one whose end nobody tells. */
const LIFETIME_MS = 60 * 60_000;

/** The answer's own names, whatever the application calls them. */
const CLAIMS = { uid: 'uid', name: 'name', role: 'role' };

interface Answer {
  readonly until: number;
  /** Null: the application does not know the token. */
  readonly claims: Promise<object | null>;
}

/**
 * Whom the host application says a token names. Asks it once for each token in a while, for all who show the token then.
 * The result throws `NO_IDENTITY`, `BAD_REQUEST` for an answer without a uid, and `IDENTITY_UNAVAILABLE` for no answer: then
 * nobody gets in.
 */
export function createVerifyHook(
  options: HookOptions,
): (token: string, now: number) => Promise<ProvenIdentity> {
  const answers = createNewest<Answer>(CACHED);
  let pending = 0;

  const ask = async (token: string, id: string): Promise<object | null> => {
    pending += 1;
    try {
      return await askHook(options, token);
    } catch (error) {
      // An outage is no answer to be kept.
      answers.delete(id);
      throw unavailable(options, error);
    } finally {
      pending -= 1;
    }
  };

  return async (token, now) => {
    const id = hashOf(token);
    let answer = answers.get(id);
    if (!answer || answer.until <= now) {
      // Before an answer is kept: that there was no time to ask is none.
      if (pending >= MOST_PENDING) throw unavailable(options, new Error('too many questions at once'));
      answer = { until: now + CACHE_MS, claims: ask(token, id) };
      answers.set(id, answer);
    }
    const claims = await answer.claims;
    if (!claims)
      throw new MeetError('NO_IDENTITY', 'Your application does not know this token; log in there again.');
    return { id, identity: identityOf(claims, CLAIMS), ...timesOf(token, claims, now) };
  };
}

/**
 * The application may say when it issued a token that does not. Where neither does, it counts as old: who was put out does not
 * come back by showing it again.
 */
function timesOf(token: string, claims: object, now: number): Pick<ProvenIdentity, 'issuedAt' | 'expiresAt'> {
  const { exp, iat: own } = peek(token) ?? {};
  const iat = 'iat' in claims ? claims.iat : own;
  const end = typeof exp === 'number' && exp * 1000 > now ? exp * 1000 : Number.POSITIVE_INFINITY;
  return { issuedAt: issueOf(iat, now, SKEW_MS), expiresAt: Math.min(now + LIFETIME_MS, end) };
}

async function askHook({ url, secret }: HookOptions, token: string): Promise<object | null> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { authorization: `Bearer ${secret}`, 'content-type': 'application/json' },
    body: JSON.stringify({ token }),
    // Elsewhere somebody else would learn the token, and answer.
    redirect: 'error',
    signal: AbortSignal.timeout(TIMEOUT_MS),
  });
  const text = await readShort(response);
  if ([401, 403, 404].includes(response.status)) return null;
  if (!response.ok) throw new Error(`answered with ${response.status}`);
  const claims: unknown = JSON.parse(text);
  if (typeof claims === 'object' && claims !== null && 'uid' in claims) return claims;
  throw new Error('answered without a uid');
}

async function readShort({ body }: Response): Promise<string> {
  let text = '';
  for await (const part of body?.pipeThrough(new TextDecoderStream()) ?? []) {
    text += part;
    if (text.length > MOST_CHARACTERS) throw new Error('answered with more than 16 KB');
  }
  return text;
}

function unavailable({ url }: HookOptions, cause: unknown): MeetError {
  const words = `The application's hook at ${url.origin} gave no answer that can be read; try again.`;
  return new MeetError('IDENTITY_UNAVAILABLE', words, { cause });
}
