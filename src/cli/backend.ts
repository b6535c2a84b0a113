import { emulatorBases } from '../cometchat/bases.ts';
import { createCometChatClient } from '../cometchat/client.ts';
import { createCloudClient } from '../cometchat/cloud.ts';
import type { CometChatSettings } from '../cometchat/settings.ts';
import type { Emulator, EmulatorOptions } from '../emulator/emulator.ts';
import type { CometChatSide } from '../server/context.ts';
import type { Grants } from '../server/grants.ts';
import type { EmulatorKeys } from './data-folder.ts';
import { transportTo } from './emulator-transport.ts';

/** The CometChat behind a server: the vendor's cloud, or the emulator in this process. */
export interface Backend {
  readonly side: CometChatSide;
  /** Null with the cloud. */
  readonly emulator: Emulator | null;
}

/** The cloud, as the settings have it. */
export function openCloud(settings: CometChatSettings, createUsers: boolean): Backend {
  const { appId, region, host, adminHost, clientHost } = settings;
  const hosts = { ...(host && { host }), ...(adminHost && { adminHost }), ...(clientHost && { clientHost }) };
  return {
    emulator: null,
    side: { client: createCloudClient(settings, { createUsers }), appId, region, hosts },
  };
}

type EmulatorSettings = { readonly createUsers: boolean } & Pick<
  EmulatorOptions,
  'p2p' | 'originOf' | 'graceMs' | 'maxOccupants' | 'lan' | 'mediaPort'
>;

/** The emulator; our own client asks its REST as it would ask the cloud's, but inside this process. */
export async function openEmulator(
  keys: EmulatorKeys,
  grants: Grants,
  { createUsers, ...settings }: EmulatorSettings,
): Promise<Backend> {
  // Only here: with the cloud nobody needs WebRTC in this process.
  const { createEmulator } = await import('../emulator/emulator.ts');
  const emulator = await createEmulator({
    ...keys,
    ...settings,
    mayIssue: grants.mayIssue,
    mayStay: grants.mayStay,
    maySend: grants.maySend,
  });
  const { adminBase, callBase } = emulatorBases('http://localhost');
  const { appId, region, apiKey } = keys;
  const keyName = 'emulator-keys.json';
  const users = { createUsers, renames: true };
  // Nothing is between us that could be out of reach for a moment, and a fault made on purpose is to be felt.
  const client = createCometChatClient({
    appId,
    adminBase,
    callBase,
    apiKey,
    keyName,
    ...users,
    attempts: 1,
    send: transportTo(emulator),
  });
  return { emulator, side: { client, appId, region } };
}
