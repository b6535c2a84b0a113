import { describe, expect, it } from 'vitest';
import { appAddress, phoneSystem } from '../../web/app-link.ts';

const link = { sessionId: 'team-core', key: undefined, invite: undefined, as: undefined };

describe("an app's own link", () => {
  it.each([
    ['nothing', {}, 'myapp://meet/team-core'],
    ['a key', { key: 'abc_-' }, 'myapp://meet/team-core#key=abc_-'],
    ['an invite', { invite: 'x.y.z' }, 'myapp://meet/team-core#invite=x.y.z'],
    ['no proposed uid', { as: 'alice' }, 'myapp://meet/team-core'],
    ['an id that is not ours, encoded', { sessionId: 'a"b/c' }, 'myapp://meet/a%22b%2Fc'],
  ])('carries %s', (_, more, address) => {
    expect(appAddress('myapp', { ...link, ...more })).toBe(address);
  });
});

describe('the system of a phone', () => {
  const android =
    'Mozilla/5.0 (Linux; Android 14; Pixel 8) AppleWebKit/537.36 Chrome/130.0 Mobile Safari/537.36';
  const mac =
    'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 Version/18.0 Safari/605.1.15';
  it.each([
    ['an Android phone', android, true, 'android'],
    ['an iPhone', 'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X)', true, 'ios'],
    ['an iPad, which calls itself a Mac', mac, true, 'ios'],
    ['a Mac', mac, false, null],
    ['a Windows tablet', 'Mozilla/5.0 (Windows NT 10.0; Win64; x64)', true, null],
    ['Linux', 'Mozilla/5.0 (X11; Linux x86_64)', false, null],
  ])('is told for %s', (_, userAgent, coarse, system) => {
    expect(phoneSystem(userAgent, coarse)).toBe(system);
  });
});
