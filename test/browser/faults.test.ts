import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { readCall, readMotions, watchFor } from './call-watch.ts';
import { type House, openHouse } from './house.ts';
import { readOutcome, untilSeen } from './page-watch.ts';
import { openTrouble, reportRecovery, untilMotion } from './troubled-call.ts';

/** Of 250 packets of sound a fifth is lost, give or take: the bounds below are four deviations away. */
const WATCH_MS = 5_000;
/** What still moves after a cut: the look is every 50 ms, and a frame or two waits in the receiver. */
const TRAILING_MS = 500;

let house: House;

beforeAll(async () => {
  house = await openHouse();
});
afterAll(() => house.close());

/** Both at the same time: what they see belongs together. */
async function watchBoth(alice: Page, bob: Page) {
  const [ofAlice, ofBob] = await Promise.all([watchFor(alice, WATCH_MS), watchFor(bob, WATCH_MS)]);
  return { ofAlice, ofBob };
}
const stillIn = async (...pages: Page[]) => {
  for (const page of pages) expect((await readOutcome(page)).state).toBe('joined');
};
const longestGap = (moments: readonly number[]) =>
  Math.max(0, ...moments.slice(1).map((at, i) => at - (moments[i] ?? at)));

it.each(['up', 'down'] as const)(
  'a loss of 20 percent, %s from alice, is what its receiver misses and nobody else; the call recovers',
  async direction => {
    const { add, end, pair } = await openTrouble(house);
    const { alice, bob } = await pair();
    const fault = await add({ uid: 'alice', direction, loss: 20 });
    const { ofAlice, ofBob } = await watchBoth(alice, bob);
    const over = await end(fault);
    const [hit, spared] = direction === 'up' ? [ofBob, ofAlice] : [ofAlice, ofBob];
    expect(hit.soundLoss).toBeGreaterThan(0.08);
    expect(hit.soundLoss).toBeLessThan(0.35);
    expect(spared.soundLoss).toBeLessThan(0.03);
    // Of the picture, the bridge asks alice to send again what it misses, and alice the bridge what she misses.
    if (direction === 'up') expect(ofAlice.resent).toBeGreaterThan(ofBob.resent);
    else expect(ofAlice.asked).toBeGreaterThan(ofBob.asked);

    const receiver = direction === 'up' ? bob : alice;
    const during = (await readMotions(receiver)).filter(at => at >= fault.from && at <= over);
    reportRecovery(`20 % loss ${direction} for 5 s`, {
      'longest standstill': longestGap([fault.from, ...during]),
      'moving again after': (await untilMotion(receiver, over)) - over,
    });
    await Promise.all([untilSeen(alice), untilSeen(bob)]);
    await stillIn(alice, bob);
  },
);

it('delay is seen in the round trip of whom it is for', async () => {
  const { add, end, pair } = await openTrouble(house);
  const { alice, bob } = await pair();
  const roundTrip = async (page: Page) => (await readCall(page)).roundTrip;
  const fault = await add({ uid: 'alice', delay: '150ms' });
  // Both ways; a check is made every few seconds.
  await expect.poll(() => roundTrip(alice), { timeout: 15_000 }).toBeGreaterThanOrEqual(0.3);
  expect(await roundTrip(alice)).toBeLessThan(0.6);
  expect(await roundTrip(bob)).toBeLessThan(0.15);
  await end(fault);
  await expect.poll(() => roundTrip(alice), { timeout: 15_000 }).toBeLessThan(0.15);
});

it('jitter is seen by who receives, costs no packet and keeps their order', async () => {
  const { add, pair } = await openTrouble(house);
  const { alice, bob } = await pair();
  await add({ uid: 'alice', direction: 'up', jitter: '200ms' });
  const { ofAlice, ofBob } = await watchBoth(alice, bob);
  // A smoothed figure (RFC 3550, 6.4.1) of packets that keep their order; without a fault it is 1 to 3 ms.
  expect(ofBob.jitter).toBeGreaterThan(0.01);
  expect(ofAlice.jitter).toBeLessThan(ofBob.jitter / 2);
  expect(ofBob.soundLoss).toBeLessThan(0.03);
});

it('a bandwidth cap is kept, in its direction, until it is gone', async () => {
  const { add, end, pair } = await openTrouble(house);
  const { alice, bob } = await pair();
  const rate = async () => (await watchFor(alice, 2_000)).bitsPerSecond;
  // A camera that has just begun sends little.
  await expect.poll(rate, { timeout: 20_000 }).toBeGreaterThan(150_000);
  const fault = await add({ uid: 'alice', direction: 'down', bandwidth: '100k' });
  const { ofAlice } = await watchBoth(alice, bob);
  // Over two seconds, and the queue behind the line holds another 200 ms of it.
  expect(ofAlice.bitsPerSecond).toBeLessThan(100_000 * 1.1);
  expect(ofAlice.bitsPerSecond).toBeGreaterThan(20_000);
  await end(fault);
  await expect.poll(rate, { timeout: 30_000 }).toBeGreaterThan(150_000);
  await stillIn(alice, bob);
});

it.each(['2s', '7s'])('an outage of %s stops every picture, and the call recovers', async outage => {
  const { add, pair } = await openTrouble(house);
  const { alice, bob } = await pair();
  const { from, until } = await add({ uid: 'alice', outage });
  const [backAtAlice, backAtBob] = await Promise.all([untilMotion(alice, until), untilMotion(bob, until)]);
  for (const page of [alice, bob]) {
    const during = (await readMotions(page)).filter(at => at > from + TRAILING_MS && at < until);
    expect(during).toEqual([]);
  }
  reportRecovery(`outage of ${outage}`, {
    'alice sees after': backAtAlice - until,
    'bob sees after': backAtBob - until,
  });
  await Promise.all([untilSeen(alice), untilSeen(bob)]);
  await stillIn(alice, bob);
});
