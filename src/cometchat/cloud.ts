import { cloudBases } from './bases.ts';
import { type ClientOptions, type CometChatClient, createCometChatClient } from './client.ts';
import type { RestOptions } from './rest.ts';
import type { CometChatSettings } from './settings.ts';

/**
 * The client for CometChat's cloud. With only an auth key (development) it asks the `/v3.0` base that the SDK's login
 * and `createUser` ask, since the server's `/v3` takes API keys only.
 */
export function createCloudClient(
  settings: CometChatSettings,
  more: Pick<ClientOptions, 'createUsers'> = {},
): CometChatClient {
  return createCometChatClient({ ...cloudRestOptions(settings), ...more });
}

/** Where the settings' REST is, and with which key. */
export function cloudRestOptions(settings: CometChatSettings): RestOptions {
  const { appId, key, keyKind, keyName } = settings;
  const bases = cloudBases(appId, settings.region, settings);
  const adminBase = keyKind === 'api' ? bases.adminBase : bases.loginBase;
  return { appId, adminBase, callBase: bases.callBase, apiKey: key, keyKind, keyName };
}
