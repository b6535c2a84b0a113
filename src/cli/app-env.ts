import { emulatorBases } from '../cometchat/bases.ts';
import type { CometChatSettings } from '../cometchat/settings.ts';
import type { RunningServer } from './compose.ts';
import { describeOwnApp } from './own-app.ts';

/** Variables for a process; '' is as good as unset, also where a `.env` has a value. */
export type Variables = Readonly<Record<string, string>>;

/**
 * What a command needs to work with a private server: an app's dev server, its tests, or `meet` itself. `cloud`: the
 * settings the server runs with, null with the emulator. The values are secrets; nothing may print them.
 */
export function describeAppEnv(
  server: Pick<RunningServer, 'url' | 'port' | 'adminKey' | 'backend' | 'emulatorKeys' | 'tls'>,
  dataDir: string,
  cloud: CometChatSettings | null,
): Variables {
  return {
    MEET_URL: server.url,
    MEET_ADMIN_KEY: server.adminKey,
    // So that `meet create` in the command makes meetings of this server, signed with its secret.
    MEET_DATA_DIR: dataDir,
    MEET_SECRET: '',
    // And not one elsewhere, nor in the database of real ones.
    MEET_SERVER: '',
    MEET_DATABASE_URL: '',
    ...(cloud ? describeCloud(cloud) : describeEmulator(server)),
  };
}

function describeEmulator(server: Parameters<typeof describeAppEnv>[0]): Variables {
  const app = describeOwnApp(server, { keys: true });
  if (!app) return {};
  const { apiKey, authKey } = server.emulatorKeys;
  const origin = new URL(app.host).origin;
  return {
    COMETCHAT_EMULATOR: origin,
    COMETCHAT_APP_ID: app.appId,
    COMETCHAT_REGION: app.region,
    COMETCHAT_API_KEY: apiKey,
    COMETCHAT_AUTH_KEY: authKey,
    COMETCHAT_REST_URL: emulatorBases(origin).adminBase,
    COMETCHAT_HOST: app.host,
    COMETCHAT_ADMIN_HOST: app.adminHost,
    COMETCHAT_CLIENT_HOST: app.clientHost,
    COMETCHAT_SET_HOST: app.setHost,
    COMETCHAT_SHIM: app.shim,
  };
}

/** The cloud is found by app and region; hosts only where the settings name some. */
function describeCloud({
  appId,
  region,
  key,
  keyKind,
  host,
  adminHost,
  clientHost,
}: CometChatSettings): Variables {
  return {
    COMETCHAT_APP_ID: appId,
    COMETCHAT_REGION: region,
    [keyKind === 'api' ? 'COMETCHAT_API_KEY' : 'COMETCHAT_AUTH_KEY']: key,
    ...(host && { COMETCHAT_HOST: host, COMETCHAT_SET_HOST: `${host}/` }),
    ...(adminHost && {
      COMETCHAT_ADMIN_HOST: adminHost,
      COMETCHAT_REST_URL: adminHost.replace(/\/v3\.0$/, '/v3'),
    }),
    ...(clientHost && { COMETCHAT_CLIENT_HOST: clientHost }),
  };
}
