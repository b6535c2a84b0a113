import { randomBytes } from 'node:crypto';
import { cloudRestOptions } from '../../cometchat/cloud.ts';
import { createRest, isVendorError, type Rest } from '../../cometchat/rest.ts';
import type { CometChatSettings } from '../../cometchat/settings.ts';
import { bad, type Finding, ok, warn } from './finding.ts';
import { wordsOf } from './tools.ts';

const KEY = { id: 'cloud-key', what: 'Cloud: key' };
const USERS = { id: 'cloud-users', what: 'Cloud: user' };
const AUTH = { id: 'cloud-auth', what: 'Cloud: auth' };
const CALL = { id: 'cloud-call', what: 'Cloud: call' };
const CLEAN = { id: 'cloud-clean', what: 'Cloud: after' };
const LIMITS = { id: 'cloud-limits', what: 'Cloud: limit' };

const PATIENCE_MS = 15_000;

type Step = Pick<Finding, 'id' | 'what'>;

/**
 * Does in CometChat's cloud what a server does for one person, step by step, as a user made for it, whom it deletes for
 * good at the end. Stops at the first step that fails.
 */
export async function tryCloud(
  settings: CometChatSettings,
  { createUsers }: { createUsers: boolean },
): Promise<readonly Finding[]> {
  const limits = noteLimits();
  const rest = createRest({ ...cloudRestOptions(settings), attempts: 2, onReply: limits.note });
  const uid = `meet-doctor-${randomBytes(8).toString('hex')}`;
  const until = rest.clock.now() + PATIENCE_MS;
  const key = await tryKey(rest, uid, until);
  if (key.state !== 'ok') return [key, ...notReached(USERS, AUTH, CALL)];
  const found = [key];
  if (settings.keyKind === 'auth')
    found.push(...notTried('an auth key could not delete the user again', USERS, AUTH, CALL));
  else if (!createUsers)
    found.push(...notTried('MEET_CREATE_USERS is off, so nobody is there to try with', USERS, AUTH, CALL));
  else found.push(...(await tryPerson(rest, uid, until)));
  return [...found, limits.finding()];
}

/** A token of somebody who does not exist: that CometChat says so proves app, region and key, and leaves nothing behind. */
async function tryKey(rest: Rest, uid: string, until: number): Promise<Finding> {
  try {
    await rest.createAuthToken(uid, until);
    return warn(KEY, 'CometChat made a token for nobody', 'report this to us');
  } catch (error) {
    if (isVendorError(error, 'ERR_UID_NOT_FOUND')) return ok(KEY, 'accepted for this app and region');
    return problem(KEY, error);
  }
}

async function tryPerson(rest: Rest, uid: string, until: number): Promise<Finding[]> {
  try {
    await rest.createUser({ uid, name: 'meet doctor' }, until);
  } catch (error) {
    return [problem(USERS, error), ...notReached(AUTH, CALL)];
  }
  const tokens = await tryTokens(rest, uid, until);
  return [ok(USERS, 'may be made'), ...tokens, await cleanUp(rest, uid)];
}

async function tryTokens(rest: Rest, uid: string, until: number): Promise<Finding[]> {
  let authToken: string;
  try {
    authToken = await rest.createAuthToken(uid, until);
  } catch (error) {
    return [problem(AUTH, error), ...notReached(CALL)];
  }
  const auth = ok(AUTH, 'tokens are made');
  try {
    await rest.createCallToken(authToken, uid, until);
    return [auth, ok(CALL, 'tokens are made, as strict mode needs them')];
  } catch (error) {
    return [auth, problem(CALL, error)];
  }
}

/** With the user go its tokens. It has its own time: who is late leaves nothing behind either. */
async function cleanUp(rest: Rest, uid: string): Promise<Finding> {
  try {
    await rest.deleteUser(uid, rest.clock.now() + PATIENCE_MS);
    return ok(CLEAN, 'the user made for this was deleted for good');
  } catch (error) {
    const [says] = wordsOf(error).split('; ');
    return warn(CLEAN, `the user ${uid} is left behind: ${says}`, 'delete it in the dashboard');
  }
}

/** Our errors say what is wrong, and after a semicolon what to do. */
function problem(step: Step, error: unknown): Finding {
  const [says = '', ...fix] = wordsOf(error).split('; ');
  return bad(
    step,
    says,
    fix.join('; ').replace(/\.$/, '') || 'look at the settings of the app in the dashboard',
  );
}

/** It is not known whether these work. */
const notReached = (...steps: readonly Step[]): Finding[] =>
  steps.map(step => ({ ...step, state: 'warn', says: 'not tried: the step before failed' }));

const notTried = (why: string, ...steps: readonly Step[]): Finding[] =>
  steps.map(step => ok(step, `not tried: ${why}`));

/** What the vendor's pages call `X-Rate-Limit`, and elsewhere `X-RateLimit-Limit`, with `-Remaining`. */
function noteLimits() {
  let limit: string | null = null;
  let left: string | null = null;
  return {
    note({ header }: { header?(name: string): string | null }) {
      limit = header?.('x-rate-limit') ?? header?.('x-ratelimit-limit') ?? limit;
      left = header?.('x-rate-limit-remaining') ?? header?.('x-ratelimit-remaining') ?? left;
    },
    finding(): Finding {
      if (!isCount(limit) || !isCount(left)) return ok(LIMITS, 'CometChat did not tell');
      const says = `${limit} requests a minute, ${left} of them left`;
      if (Number(left) * 10 >= Number(limit)) return ok(LIMITS, says);
      return warn(LIMITS, says, 'wait a minute, or raise the limit of your plan');
    },
  };
}

const isCount = (text: string | null): text is string => text !== null && /^\d{1,9}$/.test(text);
