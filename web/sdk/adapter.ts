import { createEmitter } from './emitter.ts';
import type { InitResult, InitSettings, JoinableSdk, SdkUser } from './types.ts';
import { browserV4Page, type V4Page } from './v4-page.ts';
import { createV4Session } from './v4-session.ts';
import type { V4Calls } from './v4-types.ts';

/**
 * Calls SDK v4 with v5's names and meaning, for one join by `user`. v4 has no login: the auth token waits here for
 * `generateToken`, and not longer.
 */
export function createV4Sdk(calls: V4Calls, user: SdkUser, page: V4Page = browserV4Page): JoinableSdk {
  const emitter = createEmitter();
  const session = createV4Session(calls, user, page, emitter);
  let waitingToken: string | null = null;
  let loggedIn: SdkUser | null = null;
  return {
    async init(settings) {
      await page.forgetLostDevices();
      return init(calls, settings);
    },
    async loginWithAuthToken(authToken) {
      waitingToken = authToken;
      loggedIn = user;
      return user;
    },
    getLoggedInUser: () => loggedIn,
    async generateToken(sessionId, authToken = waitingToken ?? undefined) {
      waitingToken = null;
      if (!authToken) throw toV5Error({ code: 'ERROR_AUTH_TOKEN_MISSING', message: 'Log in first.' });
      return calls.generateToken(sessionId, authToken).catch(error => Promise.reject(toV5Error(error)));
    },
    joinSession: session.join,
    leaveSession: session.leave,
    whenReleased: session.whenReleased,
    muteAudio: () => calls.muteAudio(true),
    unmuteAudio: () => calls.muteAudio(false),
    pauseVideo: () => calls.pauseVideo(true),
    resumeVideo: () => calls.pauseVideo(false),
    sharesItself: false,
    addEventListener: emitter.on,
  };
}

async function init(calls: V4Calls, { appId, region, host }: InitSettings): Promise<InitResult> {
  const builder = new calls.CallAppSettingsBuilder().setAppId(appId).setRegion(region);
  // v4 glues the path on: the host is the whole base URL, and its last slash is needed.
  if (host) builder.setHost(host.replace(/\/*$/, '/'));
  try {
    await calls.init(builder.build());
    return { success: true, error: null };
  } catch (error) {
    return { success: false, error };
  }
}

function toV5Error({ code, message }: { code?: string; message?: string }): object {
  return { errorCode: code ?? 'ERROR_UNKNOWN', errorDescription: message ?? '' };
}
