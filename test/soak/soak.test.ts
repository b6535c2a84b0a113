import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type House, openHouse } from '../browser/house.ts';
import { untilReleased, untilSeen, untilState } from '../browser/page-watch.ts';
import { type Holding, moreThan, readHolding } from '../people/holding.ts';
import { type PageSample, readPage } from './sample.ts';

/** `npm run soak -- 30` makes the call half an hour long. */
const MINUTES = Number(process.env.MEET_SOAK_MINUTES ?? 2);
const SAMPLES = 12;
/** Caches fill and compilers finish before this part of the time is over. */
const WARM_UP = 1 / 4;
const GROWTH_BYTES = 10 * 2 ** 20;
/** The fake camera shows 20 a second or more; a shared machine may give it a third of that. */
const FRAMES_PER_SECOND = 5;
/** Chromium counts a freeze for every hitch of a busy machine; frozen is what stands still for longer than one. */
const LOOK_MS = 1_000;
const STANDSTILL_MS = 5_000;

interface Sample {
  readonly seconds: number;
  readonly server: Holding;
  readonly pages: readonly PageSample[];
  /** How long a picture stood still at most since the last sample, as looks a second apart can tell. */
  readonly standstillMs: number;
}

let house: House;

beforeAll(async () => {
  house = await openHouse();
});
afterAll(() => house.close());

it(`a call of ${MINUTES} minutes moves all the time, grows nowhere and leaves nothing`, {
  timeout: MINUTES * 60_000 + 120_000,
}, async () => {
  const before = readHolding();
  const { url } = await house.createMeeting({ title: 'Soak' });
  const pages = await Promise.all(['alice', 'bob'].map(name => join(url, name)));
  await Promise.all(pages.map(page => untilSeen(page)));
  const samples = await watch(pages);

  for (const [i, sample] of samples.entries()) expectMotion(samples[i - 1], sample);
  const warm = samples[Math.floor(samples.length * WARM_UP)] as Sample;
  const last = samples.at(-1) as Sample;
  expect(last.server.heapBytes - warm.server.heapBytes).toBeLessThan(GROWTH_BYTES);
  for (const i of pages.keys())
    expect((last.pages[i]?.heapBytes ?? 0) - (warm.pages[i]?.heapBytes ?? 0)).toBeLessThan(GROWTH_BYTES);
  expect(last.pages.map(page => page.connections)).toEqual([1, 1]);
  expect(moreThan(warm.server, last.server)).toEqual([]);

  for (const page of pages) await page.click('.cc-end-call-icon-container');
  await Promise.all(pages.map(page => untilReleased(page)));
  await Promise.all(pages.map(page => page.context().close()));
  // Only what was there before: the server's own port, its media port, the browser's pipes.
  await expect.poll(() => moreThan(before, readHolding()), { timeout: 10_000 }).toEqual([]);
});

async function join(url: string, as: string): Promise<Page> {
  const page = await house.visit(url, { as });
  await page.click('#join');
  await untilState(page, 'joined');
  return page;
}

/** Samples at even intervals, and prints each: who watches for half an hour wants to see something. */
async function watch(pages: readonly Page[]): Promise<Sample[]> {
  const samples: Sample[] = [];
  const begun = performance.now();
  const interval = (MINUTES * 60_000) / SAMPLES;
  for (let i = 0; i <= SAMPLES; i++) {
    const standstillMs = await watchMotion(pages, begun + i * interval);
    const sample = {
      seconds: (performance.now() - begun) / 1000,
      server: readHolding(),
      pages: await Promise.all(pages.map(readPage)),
      standstillMs,
    };
    samples.push(sample);
    process.stderr.write(`${describe(sample)}\n`);
  }
  return samples;
}

/** Until the moment, looks every second whether all pictures move; answers how long one stood still at most. */
async function watchMotion(pages: readonly Page[], moment: number): Promise<number> {
  const moved = pages.map(() => ({ frames: -1, at: performance.now() }));
  let longest = 0;
  while (performance.now() < moment) {
    await until(Math.min(moment, performance.now() + LOOK_MS));
    for (const [i, { frames }] of (await Promise.all(pages.map(readPage))).entries()) {
      const last = moved[i];
      if (!last) continue;
      longest = Math.max(longest, performance.now() - last.at);
      if (frames > last.frames) moved[i] = { frames, at: performance.now() };
    }
  }
  return longest;
}

function until(moment: number): Promise<void> {
  return new Promise(resolve => setTimeout(resolve, Math.max(0, moment - performance.now())));
}

/** Between two samples everybody saw pictures and heard sound, and no picture stood still for long. */
function expectMotion(before: Sample | undefined, now: Sample): void {
  if (!before) return;
  const seconds = now.seconds - before.seconds;
  expect(now.standstillMs).toBeLessThan(STANDSTILL_MS);
  for (const [i, page] of now.pages.entries()) {
    const { frames = 0, soundBytes = 0 } = before.pages[i] ?? {};
    expect(page.frames - frames).toBeGreaterThan(seconds * FRAMES_PER_SECOND);
    expect(page.soundBytes).toBeGreaterThan(soundBytes);
  }
}

function describe({ seconds, server, pages, standstillMs }: Sample): string {
  const megabytes = (bytes: number) => `${(bytes / 2 ** 20).toFixed(1)} MB`;
  const shown = pages.map(
    ({ frames, freezes, heapBytes }) => `${frames} frames, ${freezes} freezes, ${megabytes(heapBytes)}`,
  );
  const held = `server ${megabytes(server.heapBytes)} heap, ${megabytes(server.residentBytes)} resident`;
  const still = `still ${(standstillMs / 1000).toFixed(1)} s`;
  return `${seconds.toFixed(0).padStart(5)} s  ${held}  │  ${still}  │  ${shown.join('  │  ')}`;
}
