import { cloudBases } from './bases.ts';
import { type CometChatClient, createCometChatClient } from './client.ts';
import type { CometChatSettings } from './settings.ts';

/**
 * The client for CometChat's cloud. With only an auth key (development) it asks the `/v3.0` base that the SDK's login
 * and `createUser` ask, since the server's `/v3` takes API keys only.
 */
export function createCloudClient(settings: CometChatSettings, timeoutMs?: number): CometChatClient {
  const { appId, key, keyKind, keyName } = settings;
  const bases = cloudBases(appId, settings.region, settings);
  return createCometChatClient({
    appId,
    adminBase: keyKind === 'api' ? bases.adminBase : bases.loginBase,
    callBase: bases.callBase,
    apiKey: key,
    keyKind,
    keyName,
    ...(timeoutMs && { timeoutMs }),
  });
}
