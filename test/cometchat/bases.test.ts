import { describe, expect, it } from 'vitest';
import { cloudBases, emulatorBases } from '../../src/cometchat/bases.ts';
import { createCloudClient } from '../../src/cometchat/cloud.ts';
import { startVendor } from './vendor.ts';

describe('bases', () => {
  it("are the app's own hosts in the cloud", () => {
    expect(cloudBases('app1', 'eu')).toEqual({
      adminBase: 'https://app1.api-eu.cometchat.io/v3',
      loginBase: 'https://app1.api-eu.cometchat.io/v3.0',
      callBase: 'https://app1.call-eu.cometchat.io/v3.0',
    });
  });

  it('follow the dedicated hosts, the server REST staying on /v3', () => {
    const hosts = { adminHost: 'https://api.example/v3.0', host: 'https://call.example/v3.0' };
    expect(cloudBases('app1', 'eu', hosts)).toEqual({
      adminBase: 'https://api.example/v3',
      loginBase: 'https://api.example/v3.0',
      callBase: 'https://call.example/v3.0',
    });
  });

  it("are under the server's own origin with the emulator", () => {
    expect(emulatorBases('http://127.0.0.1:4680').adminBase).toBe('http://127.0.0.1:4680/cometchat/v3');
  });
});

describe('createCloudClient', () => {
  it.each([
    ['api', '/v3/users/a/auth_tokens'],
    ['auth', '/v3.0/users/a/auth_tokens'],
  ] as const)('asks with an %s key at %s', async (keyKind, path) => {
    const { origin, requests } = await startVendor([{ status: 200, body: { data: { authToken: 'T' } } }]);
    const client = createCloudClient(
      {
        appId: 'app1',
        region: 'us',
        key: 'k',
        keyKind,
        keyName: 'K',
        adminHost: `${origin}/v3.0`,
      },
      { createUsers: false },
    );
    await client.createAuthToken({ uid: 'a', name: 'A' });
    expect(requests[0]?.path).toBe(path);
  });
});
