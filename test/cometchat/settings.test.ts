import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { readCometChatSettings } from '../../src/cometchat/settings.ts';

async function settingsFile(content?: unknown): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'meet-settings-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const file = join(folder, 'cometchat-settings.json');
  if (content !== undefined)
    await writeFile(file, typeof content === 'string' ? content : JSON.stringify(content));
  return file;
}

const ENV = { COMETCHAT_APP_ID: 'app1', COMETCHAT_REGION: 'EU', COMETCHAT_API_KEY: 'api' };

describe('readCometChatSettings', () => {
  it('is null where nothing is set', async () => {
    expect(await readCometChatSettings({}, await settingsFile())).toBeNull();
  });

  it('takes the environment, the region in any case', async () => {
    expect(await readCometChatSettings(ENV, await settingsFile())).toEqual({
      appId: 'app1',
      region: 'eu',
      key: 'api',
      keyKind: 'api',
      keyName: 'COMETCHAT_API_KEY',
    });
  });

  it('is null under COMETCHAT_EMULATOR, whatever else is set', async () => {
    const env = { ...ENV, COMETCHAT_EMULATOR: 'http://localhost:4680' };
    expect(await readCometChatSettings(env, await settingsFile({ appId: 'app2' }))).toBeNull();
  });

  it('prefers the api key to the auth key', async () => {
    const env = { ...ENV, COMETCHAT_AUTH_KEY: 'auth' };
    expect((await readCometChatSettings(env, await settingsFile()))?.keyKind).toBe('api');
  });

  it('takes an auth key alone as development', async () => {
    const env = { ...ENV, COMETCHAT_API_KEY: '', COMETCHAT_AUTH_KEY: 'auth' };
    expect(await readCometChatSettings(env, await settingsFile())).toMatchObject({
      key: 'auth',
      keyKind: 'auth',
      keyName: 'COMETCHAT_AUTH_KEY',
    });
  });

  it('takes the file, with its hosts', async () => {
    const file = await settingsFile({
      appId: 'app2',
      region: 'us',
      credentials: { authKey: 'auth' },
      callsSDK: { host: 'https://call.example/v3.0/', adminHost: 'https://api.example/v3.0' },
      uiKit: { anything: true },
    });
    expect(await readCometChatSettings({}, file)).toEqual({
      appId: 'app2',
      region: 'us',
      key: 'auth',
      keyKind: 'auth',
      keyName: 'credentials.authKey',
      host: 'https://call.example/v3.0',
      adminHost: 'https://api.example/v3.0',
    });
  });

  it('puts the environment before the file', async () => {
    const file = await settingsFile({ appId: 'app2', region: 'us', credentials: { authKey: 'auth' } });
    const settings = await readCometChatSettings({ COMETCHAT_API_KEY: 'api', COMETCHAT_REGION: 'in' }, file);
    expect(settings).toMatchObject({ appId: 'app2', region: 'in', key: 'api', keyKind: 'api' });
  });

  it('takes hosts of the environment, each before the file', async () => {
    const file = await settingsFile({
      appId: 'app2',
      region: 'us',
      credentials: { authKey: 'auth' },
      callsSDK: { host: 'https://call.example/v3.0', clientHost: 'https://client.example/v3.0' },
    });
    const env = {
      COMETCHAT_HOST: 'http://localhost:9000/v3.0/',
      COMETCHAT_ADMIN_HOST: 'https://api.example/v3.0',
    };
    expect(await readCometChatSettings(env, file)).toMatchObject({
      host: 'http://localhost:9000/v3.0',
      adminHost: 'https://api.example/v3.0',
      clientHost: 'https://client.example/v3.0',
    });
  });

  it.each([
    ['host', 'COMETCHAT_HOST', 'COMETCHAT_API_KEY'],
    ['adminHost', 'COMETCHAT_ADMIN_HOST', 'COMETCHAT_API_KEY'],
    ['clientHost', 'COMETCHAT_CLIENT_HOST', 'COMETCHAT_AUTH_KEY'],
  ])('does not send a key of the environment to the %s of the file', async (field, name, keyName) => {
    const file = await settingsFile({ callsSDK: { [field]: 'https://evil.example/v3.0' } });
    const env = { ...ENV, COMETCHAT_API_KEY: '', [keyName]: 'k3y' };
    await expect(readCometChatSettings(env, file)).rejects.toMatchObject({
      code: 'BAD_CONFIG',
      message: expect.stringMatching(new RegExp(`${keyName} is not from it.*set ${name} beside`)),
    });
    const own = { ...env, [name]: 'https://api.example/v3.0' };
    expect(await readCometChatSettings(own, file)).toMatchObject({ [field]: 'https://api.example/v3.0' });
  });

  it.each(['COMETCHAT_HOST', 'COMETCHAT_ADMIN_HOST', 'COMETCHAT_CLIENT_HOST'])(
    'refuses a %s without TLS beyond this machine, and one without an app',
    async name => {
      const plain = readCometChatSettings(
        { ...ENV, [name]: 'http://api.example/v3.0' },
        await settingsFile(),
      );
      await expect(plain).rejects.toMatchObject({
        code: 'BAD_CONFIG',
        message: expect.stringMatching(new RegExp(`^${name} must be a URL like https://`)),
      });
      const alone = readCometChatSettings({ [name]: 'https://api.example/v3.0' }, await settingsFile());
      await expect(alone).rejects.toMatchObject({ code: 'BAD_CONFIG' });
    },
  );

  it.each([
    ['COMETCHAT_APP_ID', ['COMETCHAT_APP_ID']],
    ['COMETCHAT_REGION', ['COMETCHAT_REGION']],
    ['COMETCHAT_API_KEY', ['COMETCHAT_API_KEY (or, for development, COMETCHAT_AUTH_KEY)']],
  ])('names %s when only it is missing', async (name, missing) => {
    const failure = readCometChatSettings({ ...ENV, [name]: undefined }, await settingsFile());
    await expect(failure).rejects.toMatchObject({ code: 'BAD_CONFIG', detail: { missing } });
  });

  it.each([
    ['an app id with a path in it', { COMETCHAT_APP_ID: 'a.evil.example/' }],
    ['a region that is none', { COMETCHAT_REGION: 'mars' }],
    ['a key with a line break', { COMETCHAT_API_KEY: 'sec\nret' }],
  ])('refuses %s', async (_, wrong) => {
    const failure = readCometChatSettings({ ...ENV, ...wrong }, await settingsFile());
    await expect(failure).rejects.toMatchObject({
      code: 'BAD_CONFIG',
      message: expect.not.stringContaining('ret'),
    });
  });

  it.each([
    ['no JSON', '{"authKey": "s3cret",'],
    ['a list', []],
    ['credentials that are no object', { credentials: 's3cret' }],
    ['an app id that is no string', { appId: 17 }],
    ['a host that is no URL', { callsSDK: { host: 's3cret' } }],
    ['a host without TLS', { callsSDK: { adminHost: 'http://s3cret.example/v3.0' } }],
  ])('refuses a file with %s and does not quote it', async (_, content) => {
    const failure = readCometChatSettings({}, await settingsFile(content));
    await expect(failure).rejects.toMatchObject({
      code: 'BAD_CONFIG',
      message: expect.not.stringContaining('s3cret'),
    });
  });

  it('tells a file that cannot be read', async () => {
    await expect(readCometChatSettings({}, tmpdir())).rejects.toMatchObject({ code: 'BAD_CONFIG' });
  });
});
