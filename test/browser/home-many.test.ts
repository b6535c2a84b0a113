import { afterAll, beforeAll, expect, it } from 'vitest';
import { de } from '../../web/home/texts/de.ts';
import { en } from '../../web/home/texts/en.ts';
import { enter, expectGood } from './home-admin.ts';
import { type House, openHouse } from './house.ts';

let house: House;

beforeAll(async () => {
  house = await openHouse({ MEET_RATE_LIMIT: '5000' });
});
afterAll(() => house.close());

it('an empty list says what to do first, and a long one is short enough to use', async () => {
  const german = { locale: 'de-DE', viewport: { width: 320, height: 640 } };
  const empty = await enter(house, german);
  await empty.getByRole('heading', { name: de.none.title }).waitFor();
  await expectGood(empty);

  for (let count = 0; count < 500; count += 50) {
    const batch = Array.from({ length: 50 }, (_, index) => ({ title: `Meeting no${count + index}` }));
    await Promise.all(batch.map(body => house.createMeeting(body)));
  }
  const page = await enter(house);
  const rows = page.locator('.meetings > li');
  await page.getByText(en.total('500')).waitFor();
  expect(await rows.count()).toBe(50);
  await page.getByRole('button', { name: en.more('50') }).click();
  await expect.poll(() => rows.count()).toBe(100);
  // Whoever showed more reads on there.
  const place = "[...document.querySelectorAll('.meetings h2')].indexOf(document.activeElement)";
  expect(await page.evaluate(place)).toBe(50);
  await page.getByLabel(en.filter).fill('meeting NO499');
  await page.getByText(en.found('1', '500')).waitFor();
  expect(await rows.getByRole('heading').allTextContents()).toEqual(['Meeting no499']);
  await page.getByLabel(en.state).selectOption('ended');
  await page.getByText(en.noneFound).waitFor();
  expect(await rows.count()).toBe(0);
  await page.getByLabel(en.filter).fill('');
  await page.getByLabel(en.state).selectOption('open');
  await expect.poll(() => rows.count()).toBe(50);
  await expectGood(page);
});
