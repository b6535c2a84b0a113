import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type DataFolder, openDataFolder } from '../../src/cli/data-folder.ts';
import { codeOf } from '../core/fixtures.ts';

let dir: string;
let folder: DataFolder;

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'meet-folder-'));
  folder = openDataFolder(join(dir, '.meet'), undefined);
});

afterEach(() => rmSync(dir, { recursive: true }));

const server = (pid: number) => ({
  pid,
  url: 'http://localhost:4680',
  startedAt: '2026-11-20T15:00:00.000Z',
});

describe('a data folder', () => {
  it('is not made before it is needed', () => {
    expect(folder.runningServer()).toBeNull();
    expect(readdirSync(dir)).toEqual([]);
  });

  it.skipIf(!existsSync('/proc/self'))('is refused where none can be made', () => {
    const none = openDataFolder('/proc/x', undefined);
    expect(() => none.adminKey()).toThrow('choose another with MEET_DATA_DIR');
  });

  it('makes each key once, for its owner', () => {
    const keys = [folder.adminKey(), folder.secret(), folder.emulatorKeys()];
    const again = openDataFolder(folder.path, undefined);
    expect([again.adminKey(), again.secret(), again.emulatorKeys()]).toEqual(keys);
    expect(readdirSync(folder.path).sort()).toEqual([
      '.gitignore',
      'admin-key',
      'emulator-keys.json',
      'secret',
    ]);
    const modes = readdirSync(folder.path).map(name => statSync(join(folder.path, name)).mode & 0o777);
    expect(new Set(modes)).toEqual(new Set([0o600]));
  });

  it('makes keys that nobody guesses, each another', () => {
    const { apiKey, authKey, secret, appId, region } = folder.emulatorKeys();
    const all = [folder.adminKey(), folder.secret(), apiKey, authKey, secret];
    expect(new Set(all).size).toBe(5);
    for (const key of all) expect(key).toMatch(/^[\w-]{43}$/);
    expect({ appId, region }).toEqual({ appId: expect.stringMatching(/^[0-9a-f]{16}$/), region: 'us' });
  });

  it('takes a secret from outside, and then makes none', () => {
    expect(openDataFolder(folder.path, 'from-outside').secret()).toBe('from-outside');
    expect(readdirSync(dir)).toEqual([]);
  });

  it('knows the server that runs until it is withdrawn', () => {
    folder.announceServer(server(process.pid));
    expect(folder.runningServer()).toEqual(server(process.pid));
    expect(statSync(join(folder.path, 'server.json')).mode & 0o777).toBe(0o600);
    folder.withdrawServer(process.pid);
    expect(folder.runningServer()).toBeNull();
    expect(readdirSync(folder.path)).toEqual(['.gitignore']);
  });

  it("leaves another server's announcement alone", () => {
    folder.announceServer(server(process.pid));
    folder.withdrawServer(process.pid + 1);
    expect(folder.runningServer()).toEqual(server(process.pid));
  });

  it.each([
    ['of a process that is gone', JSON.stringify(server(2 ** 22 + 1))],
    ['that is half written', '{"pid":'],
    ['that is empty', ''],
    ['without an address', JSON.stringify({ pid: process.pid })],
    ['of all processes', JSON.stringify(server(-1))],
  ])('ignores an announcement %s', (_, text) => {
    folder.prepare();
    writeFileSync(join(folder.path, 'server.json'), text);
    expect(folder.runningServer()).toBeNull();
  });

  it('hides from git', () => {
    folder.prepare();
    expect(readFileSync(join(folder.path, '.gitignore'), 'utf8')).toBe('*\n');
    expect(statSync(folder.path).mode & 0o777).toBe(0o700);
  });

  it('that cannot be made is told with its path', async () => {
    writeFileSync(folder.path, 'a file');
    expect(await codeOf(() => folder.secret())).toBe('STORE_FAILED');
    expect(() => folder.secret()).toThrow(folder.path);
  });
});
