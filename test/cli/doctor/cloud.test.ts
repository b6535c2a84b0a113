import { describe, expect, it, onTestFinished } from 'vitest';
import { tryCloud } from '../../../src/cli/doctor/cloud-steps.ts';
import {
  API_KEY,
  AUTH_KEY,
  settingsFor,
  startDocumentedCloud,
  startEmulatorAsCloud,
} from '../../cometchat/clouds.ts';
import { type Recorded, vendorError } from '../../cometchat/vendor.ts';
import { createSandbox } from '../run-meet.ts';

async function ask(env: Record<string, string>) {
  const place = createSandbox();
  onTestFinished(place.remove);
  const { stdout } = await place.meet(['doctor', '--json'], env);
  expect(stdout).not.toContain(API_KEY);
  const { findings } = JSON.parse(stdout) as { findings: { id: string; state: string; says: string }[] };
  return findings
    .filter(({ id }) => /^(cometchat|cloud|settings)/.test(id))
    .map(({ id, state, says }) => `${id} ${state} ${says}`);
}

const envFor = (origin: string, key = API_KEY) => ({
  COMETCHAT_APP_ID: 'app1',
  COMETCHAT_REGION: 'us',
  COMETCHAT_API_KEY: key,
  COMETCHAT_HOST: `${origin}/v3.0`,
  COMETCHAT_ADMIN_HOST: `${origin}/v3.0/`,
});

const WORKS = [
  'cometchat ok the cloud, region us, with COMETCHAT_API_KEY',
  'cloud-key ok accepted for this app and region',
  'cloud-users ok may be made',
  'cloud-auth ok tokens are made',
  'cloud-call ok tokens are made, as strict mode needs them',
  'cloud-clean ok the user made for this was deleted for good',
];

describe('meet doctor', () => {
  it('says that the cloud was not tried without a credential', async () => {
    expect(await ask({})).toEqual([
      'settings ok well-formed',
      'cometchat ok the emulator: no account, no internet',
      'cloud ok not tried: there is no credential for it',
    ]);
  });

  it('tries all of it with the emulator for a cloud', async () => {
    const { origin } = await startEmulatorAsCloud();
    expect((await ask(envFor(origin))).slice(1)).toEqual([
      ...WORKS,
      'cloud-limits ok CometChat did not tell',
    ]);
  });

  it('tries all of it with what the documentation describes, and leaves nobody behind', async () => {
    const { origin, users } = await startDocumentedCloud();
    expect((await ask(envFor(origin))).slice(1)).toEqual([
      ...WORKS,
      'cloud-limits ok 500 requests a minute, 497 of them left',
    ]);
    expect([...users.keys()]).toEqual(['cometchat-uid-1']);
  });

  it('warns of guests that nobody makes users of, and makes none itself', async () => {
    const { origin, users } = await startDocumentedCloud();
    const said = await ask({ ...envFor(origin), MEET_CREATE_USERS: 'off' });
    expect(said).toContain('settings warn guests may come, but no users are made of them');
    expect(said).toContain(
      'cloud-users ok not tried: MEET_CREATE_USERS is off, so nobody is there to try with',
    );
    expect(users.size).toBe(1);
  });
});

describe('trying the cloud', () => {
  const on = { createUsers: true };
  const step =
    (path: RegExp, code: string, status = 403) =>
    (request: Recorded) =>
      path.test(`${request.method} ${request.path}`) ? vendorError(status, code) : null;
  const CREATE = /POST \/v3\/users$/;
  const KEPT = /POST \/v3\/users\/meet-doctor-\w+\/auth_tokens$/;
  const call = /call_tokens$/;
  const REMOVE = /^DELETE/;

  it.each<[string, (request: Recorded) => ReturnType<typeof vendorError> | null, string[], RegExp]>([
    [
      'the key',
      step(KEPT, 'AUTH_ERR_APIKEY_NOT_FOUND', 404),
      ['bad', 'warn', 'warn', 'warn'],
      /COMETCHAT_API_KEY belongs to this app and region$/,
    ],
    ['the region', step(/./, 'AUTH_ERR_INVALID_APPID'), ['bad', 'warn', 'warn', 'warn'], /COMETCHAT_REGION$/],
    ['the plan', step(CREATE, 'ERR_PLAN_QUOTA_RESTRICTION'), ['ok', 'bad', 'warn', 'warn'], /dashboard$/],
    ['call tokens', step(call, 'ERR_API_NOT_FOUND', 404), ['ok', 'ok', 'ok', 'bad', 'ok'], /COMETCHAT_HOST/],
    ['the outage', step(call, 'ERR_EXCEPTION', 500), ['ok', 'ok', 'ok', 'bad', 'ok'], /try again/],
    [
      'who stays',
      step(REMOVE, 'AUTH_ERR_NO_ACCESS'),
      ['ok', 'ok', 'ok', 'ok', 'warn'],
      /delete it in the dash/,
    ],
  ])('names %s', async (_, instead, states, fix) => {
    const { origin, users } = await startDocumentedCloud(instead);
    const found = await tryCloud(settingsFor(origin), on);
    expect(found.filter(({ id }) => id !== 'cloud-limits').map(({ state }) => state)).toEqual(states);
    expect(found.find(({ state }) => state !== 'ok')?.fix).toMatch(fix);
    const left = [...users.keys()].filter(uid => uid.startsWith('meet-doctor-'));
    expect(left).toHaveLength(
      found.some(({ id, state }) => id === 'cloud-clean' && state === 'warn') ? 1 : 0,
    );
  });

  it('makes nobody with a key that could not delete them', async () => {
    const { origin, requests } = await startDocumentedCloud(({ path }) =>
      path.startsWith('/v3.0/users') ? vendorError(404, 'ERR_UID_NOT_FOUND') : null,
    );
    const settings = { ...settingsFor(origin), key: AUTH_KEY, keyKind: 'auth' } as const;
    const found = await tryCloud(settings, on);
    expect(found.map(({ id, says }) => `${id} ${says}`)).toContain(
      'cloud-users not tried: an auth key could not delete the user again',
    );
    expect(requests.map(({ path }) => path)).toEqual([
      expect.stringMatching(/^\/v3\.0\/users\/meet-doctor-/),
    ]);
  });

  it('names a host where nobody is', async () => {
    const settings = { ...settingsFor('http://localhost:1'), adminHost: 'http://127.0.0.1:9/v3.0' };
    const [key] = await tryCloud(settings, on);
    expect(key).toMatchObject({
      id: 'cloud-key',
      state: 'bad',
      says: expect.stringContaining('CometChat at 127.0.0.1:9'),
    });
  });

  it('warns of a limit that is nearly met', async () => {
    const headers = { 'x-rate-limit': '700', 'x-rate-limit-remaining': '3' };
    const { origin } = await startDocumentedCloud(() =>
      vendorError(401, 'AUTH_ERR_EMPTY_APPID', 'no', headers),
    );
    const near = await startDocumentedCloud(({ method, path }) =>
      method === 'POST' && path.endsWith('/auth_tokens')
        ? vendorError(404, 'ERR_UID_NOT_FOUND', 'no', headers)
        : null,
    );
    const limits = async (from: string) =>
      (await tryCloud(settingsFor(from), { createUsers: false })).find(({ id }) => id === 'cloud-limits');
    expect(await limits(origin)).toBeUndefined();
    expect(await limits(near.origin)).toMatchObject({
      state: 'warn',
      says: '700 requests a minute, 3 of them left',
    });
  });
});
