import { ApiError, type Pass, postAuthorize, postToken } from './api.ts';
import { onlyWatches, settingsFor } from './broadcast.ts';
import type { PageConfig } from './config.ts';
import type { EventLog } from './event-log.ts';
import type { Phase } from './failure.ts';
import { forgetIdentity, type Identity, recallIdentity, requestIdentity } from './identity.ts';
import type { PageLink } from './link.ts';
import { openSdk, type SdkLoader } from './sdk/load.ts';
import type { JoinableSdk, SessionSettings } from './sdk/types.ts';
import { enterSession, type SessionWatcher } from './session.ts';

export interface Visit {
  readonly config: PageConfig;
  readonly link: PageLink;
  readonly container: HTMLElement;
  readonly sdk: SdkLoader;
  readonly log: EventLog;
}

export interface Way {
  enter(phase: Phase): void;
  /** The SDK of this join, from before it is used. */
  opened(sdk: JoinableSdk): void;
}

const PATIENCE_MS = 20_000;

/**
 * The whole way in, each time anew: who, may they, their pass, the SDK, the call. Tokens live in this call's variables and
 * nowhere else. Rejects with whatever went wrong; `way` was told the phase.
 */
export async function joinMeeting(
  visit: Visit,
  { name, wished }: { readonly name: string; readonly wished: SessionSettings },
  way: Way,
  watcher: SessionWatcher,
): Promise<void> {
  const { config, link, container, log } = visit;
  const { enter } = way;
  const identity = await admit(link, name, enter);
  enter('token');
  const pass = await postToken(link.sessionId, { token: identity.token, key: link.key });
  enter('sdk');
  const sdk = openSdk(await visit.sdk.load(), config, pass.user);
  way.opened(sdk);
  enter('init');
  const { success, error } = await sdk.init(pass.cometchat);
  if (!success) throw error;
  const callToken = pass.callToken ?? (await mintToken(sdk, link.sessionId, pass, enter));
  enter('join');
  const patienceMs = config.joinTimeoutMs ?? PATIENCE_MS;
  const [settings, watches] = [{ ...wished, ...settingsFor(pass) }, onlyWatches(pass)];
  await enterSession({ sdk, callToken, settings, watches, container, patienceMs, log }, watcher);
}

/** Asks for admission; an identity that the server no longer takes is renewed once. */
async function admit(link: PageLink, name: string, enter: Way['enter']): Promise<Identity> {
  for (let retry = true; ; retry = false) {
    enter('identity');
    const identity = await identify(link, name);
    enter('authorize');
    try {
      await postAuthorize(link.sessionId, { token: identity.token, key: link.key });
      return identity;
    } catch (error) {
      if (!retry || !(error instanceof ApiError) || error.status !== 401) throw error;
      forgetIdentity();
    }
  }
}

async function identify(link: PageLink, name: string): Promise<Identity> {
  const known = recallIdentity(link, Date.now());
  return known && (link.invite || known.user.name === name) ? known : requestIdentity(link, name);
}

/** Login comes first: without one `generateToken` fails. In strict mode the server has minted the token itself. */
async function mintToken(
  sdk: JoinableSdk,
  sessionId: string,
  { authToken, user }: Pass,
  enter: Way['enter'],
): Promise<string> {
  if (!authToken) throw { code: 'NO_TOKEN' };
  enter('login');
  await sdk.loginWithAuthToken(authToken);
  // v5 keeps its login per origin, so another tab of this profile may log somebody else in: never join as them.
  if (sdk.getLoggedInUser()?.uid !== user.uid) throw { code: 'OTHER_USER_LOGGED_IN' };
  enter('token');
  const { token } = await sdk.generateToken(sessionId, authToken);
  return token;
}
