import { readFile } from 'node:fs/promises';
import { MeetError } from '../core/errors.ts';
import type { HostOverrides } from './bases.ts';
import { checkBase, parseSettingsFile, type SettingsFile } from './settings-file.ts';

const REGIONS = ['us', 'eu', 'in'] as const;
const HOST_NAMES = {
  host: 'COMETCHAT_HOST',
  adminHost: 'COMETCHAT_ADMIN_HOST',
  clientHost: 'COMETCHAT_CLIENT_HOST',
} as const;
const FILE_KEY = 'credentials.authKey';

export interface CometChatSettings extends HostOverrides {
  readonly appId: string;
  readonly region: string;
  readonly key: string;
  /** `auth`: development mode. An auth key logs in as anybody, but CometChat lets it make users and tokens only. */
  readonly keyKind: 'api' | 'auth';
  /** The setting that holds the key, to be named in errors. */
  readonly keyName: string;
}

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * The cloud's settings: the environment before the project's `cometchat-settings.json`. Null when neither says
 * anything, or when COMETCHAT_EMULATOR is set: then the emulator is meant. Throws `BAD_CONFIG` naming what is missing
 * or wrong.
 */
export async function readCometChatSettings(
  env: Environment,
  settingsFile: string,
): Promise<CometChatSettings | null> {
  // Beside it stand an emulator's app and keys, as its apps need them: no cloud knows those.
  if (env.COMETCHAT_EMULATOR) return null;
  const text = await readFile(settingsFile, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null;
    throw new MeetError('BAD_CONFIG', `${settingsFile} cannot be read (${error.code}); check its mode.`);
  });
  return mergeSettings(env, text === null ? {} : parseSettingsFile(text, settingsFile));
}

function mergeSettings(env: Environment, file: SettingsFile): CometChatSettings | null {
  const appId = env.COMETCHAT_APP_ID || file.appId;
  const region = (env.COMETCHAT_REGION || file.region)?.toLowerCase();
  const key = pickKey(env, file);
  const hosts = pickHosts(env);
  if (!appId && !region && !key && Object.keys(hosts).length === 0) return null;
  if (!appId || !region || !key) throw incomplete({ appId, region, key });
  if (!/^[a-z0-9]{1,64}$/i.test(appId)) {
    throw new MeetError(
      'BAD_CONFIG',
      'COMETCHAT_APP_ID must be letters and digits; copy it from the dashboard.',
    );
  }
  if (!/^[\x21-\x7e]+$/.test(key.key)) {
    throw new MeetError('BAD_CONFIG', `${key.keyName} has blanks or odd characters; copy it again.`);
  }
  if (!(REGIONS as readonly string[]).includes(region)) {
    throw new MeetError('BAD_CONFIG', `COMETCHAT_REGION must be one of ${REGIONS.join(', ')}.`);
  }
  refuseForeignHosts({ ...file.hosts, ...hosts }, hosts, key);
  return { appId, region, ...key, ...file.hosts, ...hosts };
}

/** Whoever wrote the file of a project that was cloned could have a key sent to them that stands elsewhere. */
function refuseForeignHosts(all: HostOverrides, fromEnv: HostOverrides, { keyName }: Key): void {
  const foreign = Object.keys(all).find(field => !Object.hasOwn(fromEnv, field));
  if (foreign === undefined || keyName === FILE_KEY) return;
  throw new MeetError(
    'BAD_CONFIG',
    `cometchat-settings.json names a host (callsSDK.${foreign}), but ${keyName} is not from it, and does not go there; if the host is yours, set ${HOST_NAMES[foreign as keyof HostOverrides]} beside the key.`,
  );
}

/** A dedicated installation's, as `init` of SDK v5 takes them. */
function pickHosts(env: Environment): HostOverrides {
  return Object.fromEntries(
    Object.entries(HOST_NAMES).flatMap(([field, name]) => {
      const text = env[name];
      return text ? [[field, checkBase(text, name)]] : [];
    }),
  );
}

type Key = Pick<CometChatSettings, 'key' | 'keyKind' | 'keyName'>;

function pickKey(env: Environment, file: SettingsFile): Key | undefined {
  if (env.COMETCHAT_API_KEY)
    return { key: env.COMETCHAT_API_KEY, keyKind: 'api', keyName: 'COMETCHAT_API_KEY' };
  if (env.COMETCHAT_AUTH_KEY)
    return { key: env.COMETCHAT_AUTH_KEY, keyKind: 'auth', keyName: 'COMETCHAT_AUTH_KEY' };
  if (file.authKey) return { key: file.authKey, keyKind: 'auth', keyName: FILE_KEY };
  return undefined;
}

function incomplete(given: { appId: unknown; region: unknown; key: unknown }): MeetError {
  const missing = [
    !given.appId && 'COMETCHAT_APP_ID',
    !given.region && 'COMETCHAT_REGION',
    !given.key && 'COMETCHAT_API_KEY (or, for development, COMETCHAT_AUTH_KEY)',
  ].filter(Boolean);
  return new MeetError(
    'BAD_CONFIG',
    `CometChat is only half set up: ${missing.join(', ')} missing. Set all, or none for the local emulator.`,
    { detail: { missing } },
  );
}
