import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type House, openHouse } from './house.ts';
import { untilState } from './page-watch.ts';

const apps = {
  android: [{ package: 'com.example.app', fingerprints: [Array(32).fill('0A').join(':')] }],
  ios: [],
  scheme: 'myapp',
};
const pixel = {
  userAgent:
    'Mozilla/5.0 (Linux; Android 14; Pixel 8) AppleWebKit/537.36 Chrome/130.0.0.0 Mobile Safari/537.36',
  viewport: { width: 320, height: 640 },
  isMobile: true,
  hasTouch: true,
};

let house: House;

beforeAll(async () => {
  house = await openHouse({}, false, {}, { apps });
});
afterAll(() => house.close());

describe('the link that opens the app', () => {
  it('is offered on a phone, in its language, and followed by a press only', async () => {
    const { url } = await house.createMeeting({ strategy: 'team', id: 'core' });
    const page = await house.visit(url, { ...pixel, locale: 'de-DE', as: 'alice' });
    await untilState(page, 'lobby');
    const link = page.getByRole('link', { name: 'In der App öffnen' });
    const { hash } = new URL(url);
    expect(hash).toMatch(/^#key=./);
    expect(await link.getAttribute('href')).toBe(`myapp://meet/team-core${hash}`);
    const box = await link.boundingBox();
    expect(box?.height).toBeGreaterThanOrEqual(24);
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(320);
    expect(page.url()).toContain('/meet/team-core');
  });

  it.each([
    ['on a computer', {}],
    [
      'on a phone for which there is no app',
      { ...pixel, userAgent: 'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X)' },
    ],
  ])('is not offered %s', async (_, options) => {
    const { url } = await house.createMeeting();
    const page = await house.visit(url, options);
    await untilState(page, 'lobby');
    expect(await page.locator('#open-app').count()).toBe(0);
  });
});
