import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { browserPlaces } from '../../../src/smoke/browser/browser-places.ts';
import { expandPattern, findBrowser, requireBrowser } from '../../../src/smoke/browser/find-browser.ts';

let folder: string;
const place = (name: string) => join(folder, name);

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'meet-browsers-'));
  const names = [
    'mine',
    'bin/google-chrome',
    'bin/chromium-headless-shell',
    'ms/chromium_headless_shell-999/chrome-linux/headless_shell',
    'ms/chromium_headless_shell-1255/chrome-linux/headless_shell',
  ];
  for (const name of names) {
    await mkdir(dirname(place(name)), { recursive: true });
    await writeFile(place(name), '');
    await chmod(place(name), 0o755);
  }
});
afterAll(() => rm(folder, { recursive: true }));

describe('findBrowser', () => {
  it('takes the one that was asked for before all others', () => {
    const env = { PATH: place('bin'), MEET_BROWSER: place('other') };
    expect(findBrowser({ env, wanted: place('mine') })).toEqual({ path: place('mine'), name: 'mine' });
  });

  it.each(['MEET_BROWSER', 'CHROME_PATH'])('takes the one that %s names', variable => {
    expect(findBrowser({ env: { [variable]: place('mine') } })?.path).toBe(place('mine'));
  });

  it('refuses a path where nothing is, and names the ways to a browser', () => {
    const search = () => findBrowser({ env: {}, wanted: '/no/such/browser' });
    expect(search).toThrow(expect.objectContaining({ code: 'NO_BROWSER' }));
    expect(search).toThrow(/\/no\/such\/browser.*apt-get.*playwright-core install/);
  });

  it.runIf(process.platform === 'linux')('prefers a headless shell, which starts sooner', () => {
    expect(findBrowser({ env: { PATH: place('bin') } })?.path).toBe(place('bin/chromium-headless-shell'));
  });

  it.runIf(process.platform === 'linux')('leaves headless shells out where a window is wanted', () => {
    expect(findBrowser({ env: { PATH: place('bin') }, headed: true })?.name).not.toContain('headless');
  });
});

describe('requireBrowser', () => {
  it.runIf(process.platform === 'linux')('says so when there is no display for a window', () => {
    expect(() => requireBrowser({ env: {}, wanted: place('mine'), headed: true })).toThrow(
      /no display.*xvfb-run/,
    );
  });

  it('gives what was found', () => {
    expect(requireBrowser({ env: {}, wanted: place('mine') }).path).toBe(place('mine'));
  });
});

describe('browserPlaces', () => {
  it.each(['linux', 'darwin', 'win32'] as const)('knows headless shells and whole browsers on %s', system => {
    const places = browserPlaces({ PATH: '/usr/bin', PROGRAMFILES: 'C:\\Program Files' }, system);
    expect(places.some(({ headlessOnly }) => headlessOnly)).toBe(true);
    expect(places.some(({ headlessOnly, paths }) => !headlessOnly && paths.length > 0)).toBe(true);
  });
});

describe('expandPattern', () => {
  it('finds every version of a download, newest first', () => {
    expect(expandPattern(place('ms/chromium_headless_shell-*/*/headless_shell'))).toEqual([
      place('ms/chromium_headless_shell-1255/chrome-linux/headless_shell'),
      place('ms/chromium_headless_shell-999/chrome-linux/headless_shell'),
    ]);
  });

  it('finds nothing in a folder that does not exist', () => {
    expect(expandPattern(place('none/chromium-*/chrome'))).toEqual([]);
  });
});
