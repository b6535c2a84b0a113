import type { CometChatCalls } from '@cometchat/calls-sdk-javascript';

type Calls = typeof CometChatCalls;

/** How long the SDK may take until it says that it joined. */
const PATIENCE_MS = 45_000;
/** And how long it may take to let go of a session that was left. */
const RELEASE_MS = 5_000;

/** The SDK takes one session at a time: whoever joins again waits for the end of the last one. */
let lastSession: Promise<void> = Promise.resolve();

export interface Stay {
  /** In the page from the start, and of a size: the SDK measures it when it joins. */
  container: HTMLElement;
  /** Aborted: leave, or join no further. */
  signal: AbortSignal;
  /** Called once when a call that was joined is over, whatever ended it. */
  onOver: () => void;
}

/** What `POST /api/meetings/<id>/token` answers. */
interface Pass {
  authToken: string;
  user: { uid: string; name: string };
  cometchat: { appId: string; region: string };
}

/**
 * Joins a meeting, and resolves once one is really in. Tokens are asked for anew each time, and live in these
 * variables only; they belong to one person, so they are never part of a link.
 */
export async function joinMeeting(meetingId: string, stay: Stay): Promise<void> {
  // May I? The server decides, before there is any token.
  await ask(meetingId, 'authorize', stay.signal);
  const { authToken, user, cometchat }: Pass = await ask(meetingId, 'token', stay.signal);
  // Not at the top of the file: the SDK is large, and needs a browser.
  const { CometChatCalls } = await import('@cometchat/calls-sdk-javascript');
  const { success, error } = await CometChatCalls.init(cometchat);
  if (!success) throw error;
  await CometChatCalls.loginWithAuthToken(authToken);
  // The SDK keeps its login per origin: another tab may have logged somebody else in meanwhile.
  if (CometChatCalls.getLoggedInUser()?.uid !== user.uid)
    throw new Error('Somebody else logged in, in another tab. Reload this page.');
  const { token } = await CometChatCalls.generateToken(meetingId);
  await Promise.race([lastSession, new Promise(resolve => setTimeout(resolve, RELEASE_MS))]);
  stay.signal.throwIfAborted();
  lastSession = untilOver(CometChatCalls);
  await enter(CometChatCalls, token, stay);
}

/** The SDK throws plain objects, each with its own words. */
export function describeProblem(error: unknown): string {
  const { message, errorDescription } = error as { message?: string; errorDescription?: string };
  return message || errorDescription || 'The call could not be joined.';
}

function enter(calls: Calls, token: string, { container, signal, onOver }: Stay): Promise<void> {
  return new Promise((resolve, reject) => {
    // The SDK has no removeEventListener: this signal takes all listeners off.
    const over = new AbortController();
    const once = { signal: over.signal };
    let joined = false;

    // One leaving is told by three events, and an error may come first: all of them go through this one door.
    function exit(error?: unknown) {
      if (over.signal.aborted) return;
      over.abort();
      clearTimeout(deadline);
      leaveQuietly(calls);
      if (joined) return onOver();
      // Given up, but the SDK may still get in, and nobody may be in a call unseen.
      const unlisten = calls.addEventListener('onSessionJoined', () => {
        unlisten();
        leaveQuietly(calls);
      });
      reject(error ?? new Error('The call ended before you were in it.'));
    }

    const deadline = setTimeout(() => exit(new Error('Nobody answered. Check your network.')), PATIENCE_MS);
    // The only proof of being in: joinSession may resolve without an error and without a call.
    calls.addEventListener(
      'onSessionJoined',
      () => {
        joined = true;
        clearTimeout(deadline);
        resolve();
      },
      once,
    );
    calls.addEventListener('onConnectionFailed', exit, once);
    calls.addEventListener('onLeaveSessionButtonClicked', () => exit(), once);
    calls.addEventListener('onSessionLeft', () => exit(), once);
    calls.addEventListener('onSessionTimedOut', () => exit(), once);
    // Tells of every end, also of a lost network.
    calls.addEventListener('onConnectionClosed', () => exit(), once);
    signal.addEventListener('abort', () => exit(signal.reason), once);
    window.addEventListener('pagehide', () => exit(), once);

    // `{}`: the SDK's own defaults. It resolves where it fails, too.
    calls.joinSession(token, {}, container).then(({ error }) => error && exit(error), exit);
  });
}

function untilOver(calls: Calls): Promise<void> {
  return new Promise(resolve => {
    const heard = new AbortController();
    const hear = () => {
      heard.abort();
      resolve();
    };
    calls.addEventListener('onSessionLeft', hear, { signal: heard.signal });
    calls.addEventListener('onConnectionClosed', hear, { signal: heard.signal });
  });
}

function leaveQuietly(calls: Calls) {
  try {
    calls.leaveSession();
  } catch {
    // not in yet, or left already
  }
}

async function ask(meetingId: string, what: string, signal: AbortSignal) {
  // While you develop: /meet/<id>?as=cometchat-uid-1. The server takes your word for it with the emulator only.
  const as = new URLSearchParams(location.search).get('as');
  const response = await fetch(`/api/meetings/${encodeURIComponent(meetingId)}/${what}`, {
    method: 'POST',
    headers: as ? { 'meet-as': as } : {},
    signal,
  });
  const answer = await response.json().catch(() => ({}));
  if (!response.ok) throw new Error(answer.error ?? `The server answered ${response.status}.`);
  return answer;
}
