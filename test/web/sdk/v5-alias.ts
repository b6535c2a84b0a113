// Stands for SDK v5, which cannot be installed where this is tested: its names and meaning, over the vendor's real SDK 4.2.6 and the
// adapter that our own page uses. What `meet init web` writes is for v5, and meets in the tests through this.
import { createV4Sdk } from '../../../web/sdk/adapter.ts';
import { createEmitter } from '../../../web/sdk/emitter.ts';
import type { CallsSdk, InitSettings, JoinableSdk, SdkEvent, SdkUser } from '../../../web/sdk/types.ts';
import type { V4Calls } from '../../../web/sdk/v4-types.ts';

const heard = new Set<SdkEvent>();
const emitter = createEmitter();
let settings: InitSettings | null = null;
let sdk: JoinableSdk | null = null;
let user: SdkUser | null = null;

export const CometChatCalls: CallsSdk = {
  async init(given) {
    settings = given;
    return { success: true, error: null };
  },

  async loginWithAuthToken(authToken) {
    if (!settings) throw { errorCode: 'ERROR_SDK_NOT_INITIALIZED', errorDescription: 'Call init first.' };
    const calls = await loadV4(settings);
    // What v5 would do by itself before it tells of the end.
    await sdk?.whenReleased();
    user = await findUser(settings, authToken);
    sdk = createV4Sdk(calls, user);
    // Whoever listened before this login.
    for (const name of heard) sdk.addEventListener(name, payload => emitter.emit(name, payload));
    await sdk.init(settings);
    await sdk.loginWithAuthToken(authToken);
    return user;
  },

  getLoggedInUser: () => user,
  generateToken: sessionId => open().generateToken(sessionId),
  joinSession: (token, given, container) => open().joinSession(token, given, container),
  leaveSession: () => open().leaveSession(),
  muteAudio: () => open().muteAudio(),
  unmuteAudio: () => open().unmuteAudio(),
  pauseVideo: () => open().pauseVideo(),
  resumeVideo: () => open().resumeVideo(),

  addEventListener(name, listener, options) {
    if (!heard.has(name)) sdk?.addEventListener(name, payload => emitter.emit(name, payload));
    heard.add(name);
    return emitter.on(name, listener, options);
  },
};

function open(): JoinableSdk {
  if (sdk) return sdk;
  throw { errorCode: 'ERROR_AUTH_TOKEN_MISSING', errorDescription: 'Log in first.' };
}

/** v5 needs no shim, v4 does, and before it is loaded. */
async function loadV4({ host }: InitSettings): Promise<V4Calls> {
  if (host) window.__meetEmulator = new URL(host).origin;
  await import('../../../web/shim.ts');
  const { CometChatCalls: calls } = await import('@cometchat/calls-sdk-javascript');
  return calls as unknown as V4Calls;
}

/** What v5's own login asks: whose token this is. */
async function findUser({ clientHost, appId }: InitSettings, authToken: string): Promise<SdkUser> {
  const response = await fetch(`${clientHost}/me`, {
    method: 'PUT',
    headers: { appId, authToken, 'content-type': 'application/json' },
    body: JSON.stringify({ platform: 'web', deviceId: 'alias' }),
  });
  const { data, error } = await response.json();
  if (error) throw { errorCode: error.code, errorDescription: error.message };
  return data;
}
