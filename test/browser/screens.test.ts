import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { findViolations } from './axe.ts';
import { type House, openHouse } from './house.ts';
import { untilState } from './page-watch.ts';
import { SCREENS } from './screens.ts';

const SIZES = { phone: { width: 320, height: 640 }, desktop: { width: 1280, height: 800 } };

let house: House;

beforeAll(async () => {
  house = await openHouse();
});
afterAll(() => house.close());

async function houseWith(env: Readonly<Record<string, string>>): Promise<House> {
  const other = await openHouse({ ...env });
  onTestFinished(() => other.close());
  return other;
}

/** What is wrong with a screen, whatever the size and the colours. */
async function inspect(page: Page): Promise<string[]> {
  const troubles: string[] = [];
  for (const [size, viewport] of Object.entries(SIZES)) {
    await page.setViewportSize(viewport);
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      troubles.push(...(await findViolations(page)).map(trouble => `${size}, ${colorScheme}: ${trouble}`));
    }
    const wide = await page.evaluate<number>('document.documentElement.scrollWidth');
    if (wide > viewport.width) troubles.push(`${size}: ${wide} px wide`);
  }
  return troubles;
}

describe.each(['en', 'de'])('in %s', language => {
  it.each(SCREENS)('$name is for everybody, on every device', async ({ open, state, code, env }) => {
    const page = await open(env ? await houseWith(env) : house, { locale: language });
    await untilState(page, state);
    if (code) expect(await page.evaluate('document.body.dataset.code')).toBe(code);
    expect(await page.evaluate('document.documentElement.lang')).toBe(language);
    expect(await inspect(page)).toEqual([]);
  });
});
