import { randomUUID } from 'node:crypto';
import { MeetError } from '../core/errors.ts';
import { type Clock, SYSTEM_CLOCK } from './clock.ts';
import { type Send, sendOverHttp } from './exchange.ts';
import { createAsk, type PersistenceOptions, type Question } from './persistence.ts';

export interface CometChatUser {
  readonly uid: string;
  readonly name: string;
}

export interface RestOptions {
  readonly appId: string;
  /** With an API key the `/v3` base of the server's REST, with an auth key the `/v3.0` base of the SDK's login. */
  readonly adminBase: string;
  readonly callBase: string;
  readonly apiKey: string;
  /** The setting that holds the key; errors name it, never the key. */
  readonly keyName?: string;
  readonly keyKind?: 'api' | 'auth';
  /** For one exchange. */
  readonly timeoutMs?: number;
  /** How often one question is put at most; 1 where nobody is between. */
  readonly attempts?: number;
  readonly clock?: Clock;
  /** Carries the exchanges; over HTTP by default. */
  readonly send?: Send;
  readonly onReply?: PersistenceOptions['onReply'];
}

/**
 * What we ask of CometChat's REST, a method a request; `until` is when the asker stops waiting, by the clock. All throw
 * `COMETCHAT_FAILED`, `COMETCHAT_BUSY` (detail `retryAfterSeconds`), `COMETCHAT_DOWN` or `COMETCHAT_UNREACHABLE`.
 */
export interface Rest {
  readonly clock: Clock;
  /** The new user's auth token, where CometChat sends one along. */
  createUser(user: CometChatUser, until: number): Promise<string | null>;
  renameUser(user: CometChatUser, until: number): Promise<void>;
  deleteUser(uid: string, until: number): Promise<void>;
  createAuthToken(uid: string, until: number): Promise<string>;
  createCallToken(authToken: string, sessionId: string, until: number): Promise<string>;
}

const TIMEOUT_MS = 5_000;
const ATTEMPTS = 3;

export function createRest(options: RestOptions): Rest {
  const { appId, adminBase, callBase, apiKey, keyName = 'COMETCHAT_API_KEY', keyKind = 'api' } = options;
  const { clock = SYSTEM_CLOCK, send = sendOverHttp, onReply } = options;
  const { attempts = ATTEMPTS, timeoutMs = TIMEOUT_MS } = options;
  const ask = createAsk({ send, clock, attempts, timeoutMs, ...(onReply && { onReply }) });
  // With an auth key this is the SDK's login, which names a device.
  const login = keyKind === 'auth' ? { platform: 'web', deviceId: randomUUID() } : {};

  /** Server's REST, `/v3`, header `apikey`. (With an auth key: `/v3.0`; the header is the same but for its case.) */
  const admin = (path: string, body: unknown, until: number): Question => ({
    method: 'POST',
    url: `${adminBase}${path}`,
    headers: { apikey: apiKey, appId },
    body,
    until,
    repeatable: true,
    keyName,
    secrets: [apiKey],
  });
  const userPath = (uid: string) => `/users/${encodeURIComponent(uid)}`;

  return {
    clock,
    // A second time it says that the user exists.
    async createUser({ uid, name }, until) {
      const wish = keyKind === 'api' ? { uid, name, withAuthToken: true } : { uid, name };
      const { authToken } = await ask(admin('/users', wish, until));
      return typeof authToken === 'string' && authToken !== '' ? authToken : null;
    },
    async renameUser({ uid, name }, until) {
      await ask({ ...admin(userPath(uid), { name }, until), method: 'PUT' });
    },
    async deleteUser(uid, until) {
      await ask({ ...admin(userPath(uid), { permanent: true }, until), method: 'DELETE' });
    },
    // Not repeated where it may have been done: the token that nobody got would stay good for ever.
    async createAuthToken(uid, until) {
      const question = admin(`${userPath(uid)}/auth_tokens`, login, until);
      return readText(await ask({ ...question, repeatable: false }), 'authToken');
    },
    /** What the SDK's `generateToken` calls: `/v3.0` of the call host, headers `authToken` and `appId`. */
    async createCallToken(authToken, sessionId, until) {
      const data = await ask({
        method: 'POST',
        url: `${callBase}/call_tokens`,
        headers: { authToken, appId },
        body: { sessionId },
        until,
        repeatable: true,
        keyName: null,
        secrets: [apiKey, authToken],
      });
      return readText(data, 'token');
    },
  };
}

export function isVendorError(error: unknown, vendorCode: string): boolean {
  return error instanceof MeetError && error.detail?.vendorCode === vendorCode;
}

function readText(data: Record<string, unknown>, field: string): string {
  const value = data[field];
  if (typeof value === 'string' && value !== '') return value;
  throw new MeetError('COMETCHAT_FAILED', `CometChat's answer has no ${field}; report this with its date.`, {
    detail: { vendorCode: null, status: 200 },
  });
}
