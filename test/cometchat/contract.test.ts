import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { type ClientOptions, createCometChatClient } from '../../src/cometchat/client.ts';
import { cloudRestOptions } from '../../src/cometchat/cloud.ts';
import { createRest } from '../../src/cometchat/rest.ts';
import { VENDOR_ERRORS } from '../../src/cometchat/vendor-errors.ts';
import { AUTH_KEY, settingsFor, startDocumentedCloud, startEmulatorAsCloud } from './clouds.ts';
import { manualClock, vendorError } from './vendor.ts';

const DANA = { uid: 'dana', name: 'Dana' };

/** What the documentation says, and the emulator has to say too. */
describe.each([
  ['the emulator', startEmulatorAsCloud],
  ['a stub of the documentation', startDocumentedCloud],
])('%s', (_name, startCloud) => {
  async function open(changes: Partial<ClientOptions> = {}) {
    const { origin } = await startCloud();
    const options = { ...cloudRestOptions(settingsFor(origin)), clock: manualClock(), ...changes };
    const rest = createRest(options);
    const until = rest.clock.now() + 8_000;
    return { client: createCometChatClient(options), rest, until };
  }

  it('makes a user that is missing, and tokens that get call tokens', async () => {
    const { client } = await open();
    for (const uid of ['dana', 'dana', 'cometchat-uid-1']) {
      const authToken = await client.createAuthToken({ uid, name: 'Dana' });
      expect((await client.createCallToken(authToken, 'room-1')).split('.')).toHaveLength(3);
    }
  });

  it('gives the token with the new user, when asked to', async () => {
    const { rest, until } = await open();
    const authToken = await rest.createUser(DANA, until);
    expect(await rest.createCallToken(authToken ?? '', 'room-1', until)).not.toBe('');
  });

  it('makes anew a user that was deleted for good', async () => {
    const { client, rest, until } = await open();
    await client.createAuthToken(DANA);
    await rest.deleteUser('dana', until);
    expect(await client.createAuthToken(DANA)).not.toBe('');
  });

  it('renames a user', async () => {
    const { rest, until } = await open();
    await expect(rest.renameUser({ uid: 'cometchat-uid-1', name: 'Andy' }, until)).resolves.toBeUndefined();
  });

  it('refuses a user that is missing where none may be made', async () => {
    const { client } = await open({ createUsers: false });
    await expect(client.createAuthToken(DANA)).rejects.toMatchObject({ code: 'USER_UNKNOWN' });
    await expect(client.createAuthToken({ uid: 'cometchat-uid-1', name: '' })).resolves.not.toBe('');
  });

  it.each<[string, Partial<ClientOptions>, string, RegExp]>([
    ['a wrong key', { apiKey: 'guess' }, 'AUTH_ERR_APIKEY_NOT_FOUND', /COMETCHAT_API_KEY belongs/],
    ['no key', { apiKey: '' }, 'AUTH_ERR_EMPTY_APIKEY', /COMETCHAT_API_KEY belongs/],
    ["a page's key", { apiKey: AUTH_KEY }, 'AUTH_ERR_NO_ACCESS', /scope fullAccess/],
    ['another app', { appId: 'app2' }, 'AUTH_ERR_INVALID_APPID', /COMETCHAT_APP_ID and COMETCHAT_REGION/],
  ])('refuses %s', async (_what, changes, vendorCode, message) => {
    const { client } = await open(changes);
    await expect(client.createAuthToken(DANA)).rejects.toMatchObject({
      code: 'COMETCHAT_FAILED',
      detail: { vendorCode },
      message: expect.stringMatching(message),
    });
  });

  it('refuses a uid that is none, a token that is none, and a path that is none', async () => {
    const { client, rest } = await open();
    await expect(client.createAuthToken({ uid: 'a b', name: 'A' })).rejects.toMatchObject({
      detail: { vendorCode: 'ERR_BAD_REQUEST' },
    });
    await expect(client.createCallToken('forged', 'room-1')).rejects.toMatchObject({
      detail: { vendorCode: 'AUTH_ERR_AUTH_TOKEN_NOT_FOUND' },
    });
    await expect(rest.deleteUser('a/b/c', rest.clock.now() + 8_000)).rejects.toMatchObject({
      code: 'COMETCHAT_FAILED',
    });
  });

  it('keeps a deactivated user from everything', async () => {
    const { origin } = await startCloud();
    const options = { ...cloudRestOptions(settingsFor(origin)), clock: manualClock() };
    const client = createCometChatClient(options);
    await client.createAuthToken(DANA);
    const headers = { apikey: options.apiKey, 'content-type': 'application/json' };
    await fetch(`${origin}/v3/users/dana`, { method: 'DELETE', headers, body: '{"permanent": false}' });
    await expect(client.createAuthToken(DANA)).rejects.toMatchObject({
      code: 'USER_UNKNOWN',
      message: expect.stringContaining('deactivated'),
    });
  });
});

const OUTCOMES = {
  key: ['COMETCHAT_FAILED', /check that COMETCHAT_API_KEY belongs to this app/],
  scope: ['COMETCHAT_FAILED', /scope fullAccess/],
  app: ['COMETCHAT_FAILED', /check COMETCHAT_APP_ID and COMETCHAT_REGION/],
  address: ['COMETCHAT_FAILED', /check COMETCHAT_HOST and COMETCHAT_ADMIN_HOST/],
  plan: ['COMETCHAT_FAILED', /subscription in the dashboard/],
  token: ['COMETCHAT_FAILED', /hosts are of one app and region/],
  request: ['COMETCHAT_FAILED', /CometChat answered \d+ ERR_\w+: says the vendor/],
  busy: ['COMETCHAT_BUSY', /wait 15 s, or raise the limit/],
  down: ['COMETCHAT_DOWN', /try again/],
  exists: ['USER_UNKNOWN', /deactivated/],
  'unknown-user': ['USER_UNKNOWN', /deactivated/],
} as const;

describe('a documented error', () => {
  // The pages name no status, so none may change what it means.
  const cases = VENDOR_ERRORS.flatMap(error => [400, 401, 404, 500].map(status => ({ ...error, status })));

  it.each(cases)(
    '$code with $status is told as what it means: $meaning',
    async ({ code, meaning, status }) => {
      const exists = vendorError(400, 'ERR_UID_ALREADY_EXISTS');
      const unknown = vendorError(404, 'ERR_UID_NOT_FOUND');
      const { origin } = await startDocumentedCloud(({ path }) => {
        if (meaning === 'exists') return path === '/v3/users' ? vendorError(status, code) : unknown;
        if (meaning === 'unknown-user') return path === '/v3/users' ? exists : vendorError(status, code);
        return vendorError(status, code);
      });
      const options = { ...cloudRestOptions(settingsFor(origin)), clock: manualClock() };
      const [ours, words] = OUTCOMES[meaning];
      await expect(createCometChatClient(options).createAuthToken(DANA)).rejects.toMatchObject({
        code: ours,
        message: expect.stringMatching(words),
      });
    },
  );

  it('is in docs/cloud.md, and nothing else is', () => {
    const page = readFileSync(new URL('../../docs/cloud.md', import.meta.url), 'utf8');
    const named = page.match(/\b(?:AUTH_)?ERR_[A-Z_]+/g) ?? [];
    expect(new Set(named)).toEqual(new Set(VENDOR_ERRORS.map(({ code }) => code)));
  });

  it('is named once, with the page it is of', () => {
    const codes = VENDOR_ERRORS.map(({ code }) => code);
    expect(new Set(codes).size).toBe(codes.length);
    for (const { source } of VENDOR_ERRORS) expect(source).toMatch(/^https:\/\/[\w.-]+\.cometchat\.com\//);
  });
});
