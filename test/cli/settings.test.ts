import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { readServerEnv } from '../../src/cli/server-env.ts';
import { readSettings } from '../../src/cli/settings.ts';
import { codeOf } from '../core/fixtures.ts';
import { createSandbox } from './run-meet.ts';

let dir: string;

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'meet-settings-'));
});

afterEach(() => rmSync(dir, { recursive: true }));

const write = (name: string, text: string) => writeFileSync(join(dir, name), text);

describe('settings', () => {
  it('have defaults for a folder without anything', () => {
    expect(readSettings(dir, {})).toEqual({
      projectDir: dir,
      dataDir: join(dir, '.meet'),
      url: undefined,
      secret: undefined,
      port: undefined,
      host: undefined,
      sdk: undefined,
      timeZone: undefined,
      allowedOrigins: undefined,
      env: {},
      fromFile: {},
      faults: [],
    });
  });

  it('come from meet.config.json', () => {
    const config = {
      url: 'https://meet.example.com',
      port: 4700,
      host: '127.0.0.1',
      sdk: 'bundled',
      timeZone: 'Europe/Berlin',
      allowedOrigins: ['https://app.example.com'],
    };
    write('meet.config.json', JSON.stringify({ ...config, dataDir: 'var/meet' }));
    expect(readSettings(dir, {})).toMatchObject({ ...config, dataDir: join(dir, 'var/meet') });
  });

  it('come from the environment, then from .env, then from meet.config.json', () => {
    write('meet.config.json', JSON.stringify({ url: 'https://file.example.com' }));
    write(
      '.env',
      'MEET_URL=https://dotenv.example.com\nMEET_SECRET="0123456789abcdef"\nCOMETCHAT_APP_ID=app\nPATH=/evil\n',
    );
    expect(readSettings(dir, {})).toMatchObject({
      url: 'https://dotenv.example.com',
      secret: '0123456789abcdef',
    });
    const env = { MEET_URL: 'https://env.example.com', PATH: '/bin' };
    expect(readSettings(dir, env)).toMatchObject({
      url: 'https://env.example.com',
      env: { ...env, MEET_SECRET: '0123456789abcdef', COMETCHAT_APP_ID: 'app' },
    });
  });

  it('take an empty variable for none', () => {
    expect(readSettings(dir, { MEET_URL: '', MEET_SECRET: '', MEET_DATA_DIR: '' })).toMatchObject({
      url: undefined,
      secret: undefined,
      dataDir: join(dir, '.meet'),
    });
  });

  it.each(['package.json', 'pubspec.yaml', '.git', 'meet.config.json'])(
    'belong to the project that %s marks',
    mark => {
      write(mark, '{}');
      mkdirSync(join(dir, 'a/b'), { recursive: true });
      expect(readSettings(join(dir, 'a/b'), {})).toMatchObject({
        projectDir: dir,
        dataDir: join(dir, '.meet'),
      });
      expect(readSettings(join(dir, 'a/b'), { MEET_DATA_DIR: 'here' }).dataDir).toBe(join(dir, 'a/b/here'));
    },
  );

  it.each<[string, string, string]>([
    ['text that is no JSON', '{', 'meet.config.json is not valid JSON; mend it or remove it.'],
    ['a list', '[]', 'meet.config.json must hold a JSON object'],
    ['an unknown field', '{"prot": 1}', 'meet.config.json has an unknown field prot (did you mean port?)'],
    ['a field of every object', '{"constructor": 1}', 'unknown field constructor'],
    ['a field of another type', '{"port": "4680"}', 'meet.config.json: port must be a number.'],
    ['a list of something else', '{"allowedOrigins": [1]}', 'allowedOrigins must be a list of strings.'],
    [
      'an origin that is none',
      '{"allowedOrigins": ["app.example.com"]}',
      'allowedOrigins has "app.example.com"',
    ],
    [
      'an address with a path',
      '{"url": "https://x.example/y"}',
      'cannot live under a path; give it a name of its own, like https://x.example.',
    ],
    ['an address that is none', '{"url": "meet.example.com"}', 'MEET_URL is "meet.example.com"'],
  ])('refuse %s', async (_, text, message) => {
    write('meet.config.json', text);
    const read = () => {
      for (const fault of readSettings(dir, {}).faults) throw fault;
    };
    expect(read).toThrow(message);
    expect(await codeOf(read)).toBe('BAD_CONFIG');
  });

  it.each([
    { MEET_URL: 'ftp://example.com' },
    { MEET_URL: 'https://example.com/#x' },
    { MEET_URL: 'https://eve:hunter2@example.com' },
    { MEET_URL: 'https://token@example.com' },
    { MEET_URL: 'ftp://eve:hunter2@example.com/x?y' },
    { MEET_SECRET: 'short' },
    { MEET_DATABASE_URL: 'mysql://localhost/meet' },
    { MEET_DATABASE_URL: 'postgres://localhost' },
    { MEET_DATABASE_URL: 'postgres://localhost/meet', MEET_DATABASE_POOL: '0' },
  ])('refuse %j', env => {
    const { faults } = readSettings(dir, env);
    expect(faults.map(({ code }) => code)).toEqual(['BAD_CONFIG']);
    // Whoever has a password in the address has not asked for it in a terminal or a log.
    expect(String(faults)).not.toMatch(/eve|hunter2|token@/);
  });

  it.each([
    ['COMETCHAT_ADMIN_HOST', 'https://evil.example/v3.0', 'COMETCHAT_API_KEY'],
    ['COMETCHAT_HOST', 'https://evil.example/v3.0', 'COMETCHAT_AUTH_KEY'],
    ['MEET_VERIFY_URL', 'https://evil.example', 'MEET_VERIFY_SECRET'],
  ])('give no key of the environment to the %s of .env', (address, url, key) => {
    write('.env', `${address}=${url}`);
    const { env, faults } = readSettings(dir, { [key]: 'k3y-from-home' });
    expect(faults.map(({ message }) => message)).toEqual([
      `${address} stands in the project's .env, but ${key} does not, and is not sent there; set both in one place.`,
    ]);
    expect(env[key]).toBeUndefined();
    expect(readSettings(dir, { [key]: 'k3y', [address]: url })).toMatchObject({
      faults: [],
      env: { [key]: 'k3y' },
    });
    write('.env', `${address}=${url}\n${key}=of-the-project`);
    expect(readSettings(dir, {})).toMatchObject({ faults: [], env: { [key]: 'of-the-project' } });
  });
});

describe('a program in the .env of a project', () => {
  const BROWSER = { MEET_BROWSER: './evil' };
  const words = "MEET_BROWSER stands in the project's .env, which names no programs to run; take it out";

  it('is a fault, and not there for anybody', () => {
    write('.env', 'MEET_BROWSER=./evil');
    const { env, fromFile, faults } = readSettings(dir, { MEET_GUESTS: 'on' });
    expect(faults.map(({ code, message }) => [code, message])).toEqual([
      ['BAD_CONFIG', expect.stringContaining(words)],
    ]);
    expect([env, fromFile]).toEqual([{ MEET_GUESTS: 'on' }, {}]);
  });

  it.each([
    ['the environment has another one', 'MEET_BROWSER=./evil', { MEET_BROWSER: '/usr/bin/chromium' }],
    ['the environment has none on purpose', 'MEET_BROWSER=./evil', { MEET_BROWSER: '' }],
    ['it is empty', 'MEET_BROWSER=', {}],
  ])('does no harm where %s', (_, text, env) => {
    write('.env', text);
    expect(readSettings(dir, env)).toMatchObject({ env, faults: [] });
  });

  it('is taken from the environment', () => {
    expect(readSettings(dir, BROWSER)).toMatchObject({ env: BROWSER, faults: [] });
  });

  it.each([
    [['smoke'], 2],
    [['open', 'x', '--pair'], 2],
    [['doctor'], 1],
    [['doctor', '--install-browser'], 1],
  ])('is not run by meet %j, which names the fix', async (args, expected) => {
    const { path, meet, remove } = createSandbox();
    onTestFinished(remove);
    const evil = join(path, 'evil');
    writeFileSync(evil, `#!/bin/sh\ntouch '${join(path, 'ran')}'\n`, { mode: 0o755 });
    writeFileSync(join(path, 'package.json'), '{}');
    writeFileSync(join(path, '.env'), `MEET_BROWSER=${evil}\n`);
    // So that nothing is installed either.
    const { code, stdout, stderr } = await meet(args, { CHROME_PATH: process.execPath });
    expect([code, stdout + stderr]).toEqual([expected, expect.stringContaining(words)]);
    expect(existsSync(join(path, 'ran'))).toBe(false);
  });
});

describe('the apps in the settings', () => {
  it('are read, and a wrong one is named with its file', () => {
    write('meet.config.json', '{"apps": {"ios": [{"teamId": "ABCDE12345", "bundleId": "com.example.app"}]}}');
    expect(readSettings(dir, {}).apps?.ios).toEqual([{ teamId: 'ABCDE12345', bundleId: 'com.example.app' }]);
    write('meet.config.json', '{"apps": {"scheme": "https"}}');
    expect(() => readSettings(dir, {})).toThrow(`${join(dir, 'meet.config.json')}: apps.scheme`);
  });
});

it.each([
  ['off', undefined],
  ['', undefined],
  ['debug', 'debug'],
])('a log that is %j', (level, logLevel) => {
  expect(readServerEnv({ MEET_LOG: level }).logLevel).toBe(logLevel);
});
