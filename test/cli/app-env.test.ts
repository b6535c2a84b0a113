import { expect, it } from 'vitest';
import { describeAppEnv } from '../../src/cli/app-env.ts';
import type { CometChatSettings } from '../../src/cometchat/settings.ts';

const SERVER = {
  url: 'http://localhost:5001',
  port: 5001,
  adminKey: 'admin',
  emulatorKeys: { appId: 'app1', region: 'us', apiKey: 'api', authKey: 'auth', secret: 'never told' },
  tls: null,
};
const OWN = {
  MEET_URL: 'http://localhost:5001',
  MEET_ADMIN_KEY: 'admin',
  MEET_DATA_DIR: '/data',
  MEET_SECRET: '',
  MEET_SERVER: '',
  MEET_DATABASE_URL: '',
};

it("names the emulator's hosts and keys in each SDK's way", () => {
  expect(describeAppEnv({ ...SERVER, backend: 'emulator' }, '/data', null)).toEqual({
    ...OWN,
    COMETCHAT_EMULATOR: 'http://localhost:5001',
    COMETCHAT_APP_ID: 'app1',
    COMETCHAT_REGION: 'us',
    COMETCHAT_API_KEY: 'api',
    COMETCHAT_AUTH_KEY: 'auth',
    COMETCHAT_REST_URL: 'http://localhost:5001/cometchat/v3',
    COMETCHAT_HOST: 'http://localhost:5001/cometchat/v3.0',
    COMETCHAT_ADMIN_HOST: 'http://localhost:5001/cometchat/v3.0',
    COMETCHAT_CLIENT_HOST: 'http://localhost:5001/cometchat/v3.0',
    COMETCHAT_SET_HOST: 'http://localhost:5001/cometchat/v3.0/',
    COMETCHAT_SHIM: 'http://localhost:5001/meet-shim.js',
  });
});

const CLOUD: CometChatSettings = {
  appId: 'app2',
  region: 'eu',
  key: 'secret',
  keyKind: 'api',
  keyName: 'COMETCHAT_API_KEY',
};

it.each<[string, CometChatSettings, object]>([
  ['an API key', CLOUD, { COMETCHAT_API_KEY: 'secret' }],
  ['an auth key', { ...CLOUD, keyKind: 'auth' }, { COMETCHAT_AUTH_KEY: 'secret' }],
  [
    'hosts of its own',
    { ...CLOUD, host: 'https://call.example/v3.0', adminHost: 'https://api.example/v3.0' },
    {
      COMETCHAT_API_KEY: 'secret',
      COMETCHAT_HOST: 'https://call.example/v3.0',
      COMETCHAT_SET_HOST: 'https://call.example/v3.0/',
      COMETCHAT_ADMIN_HOST: 'https://api.example/v3.0',
      COMETCHAT_REST_URL: 'https://api.example/v3',
    },
  ],
])('names the cloud with %s', (_, cloud, expected) => {
  expect(describeAppEnv({ ...SERVER, backend: 'cloud' }, '/data', cloud)).toEqual({
    ...OWN,
    COMETCHAT_APP_ID: 'app2',
    COMETCHAT_REGION: 'eu',
    ...expected,
  });
});
