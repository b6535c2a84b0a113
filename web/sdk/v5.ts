import { type CallsSdk, type JoinableSdk, RELEASE_MS } from './types.ts';

const POLL_MS = 25;

/** SDK v5 as it is, and the knowledge of whether the session that was left is over. */
export function createV5Sdk(calls: CallsSdk): JoinableSdk {
  let held = false;
  return {
    init: settings => calls.init(settings),
    loginWithAuthToken: authToken => calls.loginWithAuthToken(authToken),
    getLoggedInUser: () => calls.getLoggedInUser(),
    generateToken: (sessionId, authToken) => calls.generateToken(sessionId, authToken),
    joinSession(callToken, settings, container) {
      held = true;
      onceOver(calls, () => {
        held = false;
      });
      return calls.joinSession(callToken, settings, container);
    },
    leaveSession: () => calls.leaveSession(),
    async whenReleased() {
      const deadline = Date.now() + RELEASE_MS;
      while (held && Date.now() < deadline) await new Promise(resolve => setTimeout(resolve, POLL_MS));
      return !held;
    },
    muteAudio: () => calls.muteAudio(),
    unmuteAudio: () => calls.unmuteAudio(),
    pauseVideo: () => calls.pauseVideo(),
    resumeVideo: () => calls.resumeVideo(),
    sharesItself: true,
    addEventListener: (name, listener, options) => calls.addEventListener(name, listener, options),
  };
}

function onceOver(calls: CallsSdk, over: () => void): void {
  const heard = new AbortController();
  const hear = () => {
    heard.abort();
    over();
  };
  calls.addEventListener('onSessionLeft', hear, { signal: heard.signal });
  calls.addEventListener('onConnectionClosed', hear, { signal: heard.signal });
}
