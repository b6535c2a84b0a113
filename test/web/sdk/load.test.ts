import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { PageConfig } from '../../../web/config.ts';
import { createSdkLoader } from '../../../web/sdk/load.ts';

const CONFIG = {
  sdk: { url: '/sdk/5/sdk.js', css: null, major: 5 },
  backend: 'cometchat',
} as unknown as PageConfig;
const MISSING = { code: 'SDK_NOT_LOADED' };

let scripts: EventTarget[];
let host: Window;

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal('window', {});
  scripts = [];
  const head = { append: (script: EventTarget) => scripts.push(script) };
  host = { document: { head, createElement: () => new EventTarget() } } as unknown as Window;
});

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

it('a script that did not come is asked for again', async () => {
  const { load } = createSdkLoader(CONFIG, host);
  const first = load();
  scripts[0]?.dispatchEvent(new Event('error'));
  await expect(first).rejects.toEqual(MISSING);
  const second = load();
  expect([scripts.length, load()]).toEqual([2, second]);
  const sdk = { joinSession() {} };
  Object.assign(window, { CometChatCalls: sdk });
  scripts[1]?.dispatchEvent(new Event('load'));
  expect(await second).toBe(sdk);
});

it('one that is only slow is not, since it may run yet', async () => {
  const { load } = createSdkLoader(CONFIG, host);
  const first = load();
  const refused = expect(first).rejects.toEqual(MISSING);
  await vi.advanceTimersByTimeAsync(60_000);
  await refused;
  expect([scripts.length, load()]).toEqual([1, first]);
});
