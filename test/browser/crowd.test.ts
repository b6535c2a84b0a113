import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { enterAlone, type LonePerson } from '../people/lone-person.ts';
import { type Recording, record } from '../people/recording.ts';
import { type House, type Meeting, openHouse } from './house.ts';
import { untilSeen, untilState } from './page-watch.ts';
import { want } from './wishes.ts';

/** As many pages as two cores carry; the rest of the eight are people without a browser. */
const PAGES = 6;
const LONE = 2;
const SMALL_CAMERA = fileURLToPath(new URL('../people/small-camera.js', import.meta.url));

let house: House;

beforeAll(async () => {
  house = await openHouse();
});
afterAll(() => house.close());

it('eight people in one session: everybody gets everybody', { timeout: 180_000 }, async () => {
  const meeting = await house.createMeeting({ title: 'All hands' });
  const recording = await makeRecording();
  const lone: LonePerson[] = [];
  for (let i = 0; i < LONE; i++)
    lone.push(await enterAlone({ server: house.url, meeting, uid: `lone-${i}`, recording }));
  const pages: Page[] = [];
  for (let i = 0; i < PAGES; i++) pages.push(await join(meeting, `page-${i}`));

  // The SDK's layout asks for five, in so small a window.
  for (const page of pages) await want(page, 180);
  for (const page of pages) await untilSeen(page, PAGES + LONE - 1);
  for (const person of lone) await expectEverybody(person);
  for (const person of lone) await person.leave();
});

async function makeRecording(): Promise<Recording> {
  const studio = await house.visit(house.url);
  const recording = await record(studio, { width: 320, height: 180, framesPerSecond: 10, seconds: 3 });
  await studio.context().close();
  return recording;
}

async function join(meeting: Meeting, as: string): Promise<Page> {
  const page = await house.visit(meeting.url, {
    as,
    viewport: { width: 320, height: 180 },
    prepare: page => page.addInitScript({ path: SMALL_CAMERA }),
  });
  await page.click('#join');
  await untilState(page, 'joined');
  return page;
}

/** Packets of everybody's picture and sound go on arriving. */
async function expectEverybody({ received }: LonePerson): Promise<void> {
  const before = new Map(received);
  const moving = () => [...received].filter(([ssrc, count]) => count >= (before.get(ssrc) ?? 0) + 5).length;
  await expect.poll(moving, { timeout: 20_000 }).toBeGreaterThanOrEqual(2 * (PAGES + LONE - 1));
}
