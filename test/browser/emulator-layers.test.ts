import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type House, openHouse } from './house.ts';
import { countMedia, type MediaStats, picturesIn, readPictures, untilMedia } from './media-stats.ts';
import { untilState } from './page-watch.ts';
import { want } from './wishes.ts';

let house: House;

beforeAll(async () => {
  house = await openHouse();
});
afterAll(() => house.close());

async function meet(...names: string[]): Promise<Page[]> {
  const { url } = await house.createMeeting();
  const pages: Page[] = [];
  for (const as of names) {
    const page = await house.visit(url, { as, prepare: countMedia });
    await page.click('#join');
    await untilState(page, 'joined');
    pages.push(page);
  }
  return pages;
}

const untilHeight = (page: Page, lines: number) =>
  untilMedia(page, `a picture of ${lines} lines`, stats => {
    const heights = picturesIn(stats).map(({ frameHeight }) => frameHeight);
    return heights.length === 1 && heights.every(height => height === lines);
  });

const untilPictures = (page: Page, people: number) =>
  untilMedia(page, `${people} pictures`, stats => picturesIn(stats).length === people && decoded(stats) > 10);

/** For packets that this page missed. */
const requests = async (page: Page) =>
  (await readPictures(page)).reduce((sum, { nackCount = 0 }) => sum + nackCount, 0);

const decoded = (stats: readonly MediaStats[]) =>
  Math.min(...picturesIn(stats).map(({ framesDecoded = 0 }) => framesDecoded));

async function untilFrames(page: Page, more: number): Promise<void> {
  const before = decoded(await readPictures(page));
  await untilMedia(page, `${more} more frames`, stats => decoded(stats) >= before + more);
}

describe('a picture', () => {
  it('is as large as who looks at it wants, and goes on while it changes', async () => {
    const [alice, bob] = (await meet('alice', 'bob')) as [Page, Page];
    const heights = [720, 180, 720, 360, 180];
    for (const lines of heights) {
      await want(bob, lines);
      await untilHeight(bob, lines);
      await untilFrames(bob, 10);
    }
    const [picture] = await readPictures(bob);
    // One key frame at least for each change, all in the one stream that was announced.
    expect(await readPictures(bob)).toHaveLength(1);
    expect(picture?.keyFramesDecoded).toBeGreaterThanOrEqual(heights.length);
    expect(picture?.totalFreezesDuration).toBeLessThan(2);
    const sent = await untilMedia(alice, 'round trip times', stats => measured(stats).length >= 2);
    expect(new Set(measured(sent).map(({ kind }) => kind))).toEqual(new Set(['audio', 'video']));
  });

  it('goes on over a way that loses every fifth packet, and costs the others nothing', async () => {
    const [, bob, carol] = (await meet('alice', 'bob', 'carol')) as [Page, Page, Page];
    await Promise.all([bob, carol].map(page => want(page, 360)));
    // How large they are is for their senders' processors to say, three of which share this machine.
    await Promise.all([bob, carol].map(page => untilPictures(page, 2)));
    const { emulator } = house;
    const network = {
      kind: 'network',
      loss: 20,
      delayMs: 0,
      jitterMs: 0,
      reorder: false,
      bitsPerSecond: null,
    } as const;
    emulator.faults.add({ ...network, sessionId: null, uid: 'bob', direction: 'down', forMs: null });
    await untilFrames(bob, 60);
    expect(await requests(bob)).toBeGreaterThan(0);
    await untilFrames(carol, 10);
    expect(await requests(carol)).toBe(0);
    emulator.faults.clear();
    await untilFrames(bob, 60);
  });
});

function measured(stats: readonly MediaStats[]): MediaStats[] {
  return stats.filter(
    ({ type, roundTripTime }) => type === 'remote-inbound-rtp' && roundTripTime !== undefined,
  );
}
