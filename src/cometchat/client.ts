import { randomUUID } from 'node:crypto';
import { MeetError } from '../core/errors.ts';
import { type Exchange, postJson, type Transport } from './exchange.ts';

interface CometChatUser {
  readonly uid: string;
  readonly name: string;
}

/** What the server needs of CometChat; the same for the cloud and the emulator. */
export interface CometChatClient {
  /** Makes the user; one that exists already is left as it is, or renamed where names are ours to give. */
  ensureUser(user: CometChatUser): Promise<void>;
  /** A new auth token of an existing user. It opens every session and cannot be withdrawn, so mind who gets it. */
  createAuthToken(uid: string): Promise<string>;
  /** A call token for one user and one session, about 5 minutes long. */
  createCallToken(authToken: string, sessionId: string): Promise<string>;
}

export interface ClientOptions {
  readonly appId: string;
  /** With an API key the `/v3` base of the server's REST, with an auth key the `/v3.0` base of the SDK's login. */
  readonly adminBase: string;
  readonly callBase: string;
  readonly apiKey: string;
  /** The setting that holds the key; errors name it, never the key. */
  readonly keyName?: string;
  readonly keyKind?: 'api' | 'auth';
  /** Whether a user may be renamed: never with the cloud, where the name belongs to somebody's account. */
  readonly renames?: boolean;
  readonly timeoutMs?: number;
  /** `fetch` by default. */
  readonly transport?: Transport;
}

const TIMEOUT_MS = 10_000;

/**
 * The REST client. All its methods throw `COMETCHAT_FAILED` (detail `{vendorCode, status}`) or
 * `COMETCHAT_UNREACHABLE`, and no error carries a key or a token.
 */
export function createCometChatClient(options: ClientOptions): CometChatClient {
  const { appId, adminBase, callBase, apiKey, keyName = 'COMETCHAT_API_KEY', transport } = options;
  const timeoutMs = options.timeoutMs ?? TIMEOUT_MS;
  // With an auth key this is the SDK's login, which names a device.
  const login = options.keyKind === 'auth' ? { platform: 'web', deviceId: randomUUID() } : {};

  /** Server's REST, `/v3`, header `apikey`. (With an auth key: `/v3.0`; the header is the same but for its case.) */
  const admin = (path: string, body: unknown): Exchange => ({
    url: `${adminBase}${path}`,
    headers: { apikey: apiKey, appId },
    body,
    timeoutMs,
    keyName,
    secrets: [apiKey],
    transport,
  });

  return {
    async ensureUser({ uid, name }) {
      try {
        await postJson(admin('/users', { uid, name }));
      } catch (error) {
        if (!isVendorError(error, 'ERR_UID_ALREADY_EXISTS')) throw error;
        if (options.renames)
          await postJson({ ...admin(`/users/${encodeURIComponent(uid)}`, { name }), method: 'PUT' });
      }
    },

    async createAuthToken(uid) {
      const data = await postJson(admin(`/users/${encodeURIComponent(uid)}/auth_tokens`, login));
      return readText(data, 'authToken');
    },

    /** What the SDK's `generateToken` calls: `/v3.0` of the call host, headers `authToken` and `appId`. */
    async createCallToken(authToken, sessionId) {
      const data = await postJson({
        url: `${callBase}/call_tokens`,
        headers: { authToken, appId },
        body: { sessionId },
        timeoutMs,
        keyName: null,
        secrets: [apiKey, authToken],
        transport,
      });
      return readText(data, 'token');
    },
  };
}

function isVendorError(error: unknown, vendorCode: string): boolean {
  return error instanceof MeetError && error.detail?.vendorCode === vendorCode;
}

function readText(data: Record<string, unknown>, field: string): string {
  const value = data[field];
  if (typeof value === 'string' && value !== '') return value;
  throw new MeetError('COMETCHAT_FAILED', `CometChat's answer has no ${field}; report this with its date.`, {
    detail: { vendorCode: null, status: 200 },
  });
}
