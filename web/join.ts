import { ApiError, type Pass, postAuthorize, postToken } from './api.ts';
import { onlyWatches, settingsFor } from './broadcast.ts';
import type { PageConfig } from './config.ts';
import type { Diary } from './drawer/diary.ts';
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
  readonly diary: Diary;
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
  const { config, link, container, log, diary } = visit;
  const { enter } = way;
  const identity = await admit(visit, name, enter);
  enter('token');
  const credentials = { token: identity.token, key: link.key };
  const pass = await diary.time('token', () => postToken(link.sessionId, credentials));
  enter('sdk');
  const sdk = openSdk(await diary.time('load SDK', () => visit.sdk.load()), config, pass.user);
  way.opened(sdk);
  enter('init');
  await diary.time('init', () => init(sdk, pass));
  const callToken = pass.callToken ?? (await mintToken(sdk, visit, pass, enter));
  diary.token('call', callToken);
  enter('join');
  const patienceMs = config.joinTimeoutMs ?? PATIENCE_MS;
  const [settings, watches] = [{ ...wished, ...settingsFor(pass) }, onlyWatches(pass)];
  const entry = { sdk, callToken, settings, watches, container, patienceMs, log };
  await diary.time('joinSession', () => enterSession(entry, watcher));
}

/** Asks for admission; an identity that the server no longer takes is renewed once. */
async function admit({ link, diary }: Visit, name: string, enter: Way['enter']): Promise<Identity> {
  for (let retry = true; ; retry = false) {
    enter('identity');
    const identity = await diary.time('identity', () => identify(link, name));
    const { token, user } = identity;
    diary.token('identity', token);
    enter('authorize');
    try {
      const ask = () => postAuthorize(link.sessionId, { token, key: link.key });
      const { role } = await diary.time('authorize', ask);
      diary.learn({ user, role });
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

async function init(sdk: JoinableSdk, { cometchat }: Pass): Promise<void> {
  const { success, error } = await sdk.init(cometchat);
  if (!success) throw error;
}

/** Login comes first: without one `generateToken` fails. In strict mode the server has minted the token itself. */
async function mintToken(
  sdk: JoinableSdk,
  { link, diary }: Visit,
  { authToken, user }: Pass,
  enter: Way['enter'],
): Promise<string> {
  if (!authToken) throw { code: 'NO_TOKEN' };
  diary.token('auth', authToken);
  enter('login');
  await diary.time('loginWithAuthToken', () => sdk.loginWithAuthToken(authToken));
  // v5 keeps its login per origin, so another tab of this profile may log somebody else in: never join as them.
  if (sdk.getLoggedInUser()?.uid !== user.uid) throw { code: 'OTHER_USER_LOGGED_IN' };
  enter('token');
  const ask = () => sdk.generateToken(link.sessionId, authToken);
  const { token } = await diary.time('generateToken', ask);
  return token;
}
