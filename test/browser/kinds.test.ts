import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type House, openHouse } from './house.ts';
import { countAsked, readOutcome, readScreen, untilSeen, untilState } from './page-watch.ts';

/** The SDK's own controls. */
const LEAVE = '.cc-end-call-icon-container';
const OWN_CONTROLS = '#audioButton, #videoButton, #screenShareButton';

let house: House;

beforeAll(async () => {
  house = await openHouse();
});
afterAll(() => house.close());

async function join(page: Page): Promise<Page> {
  await page.click('#join');
  await untilState(page, 'joined');
  return page;
}

interface Heard {
  readonly kind: string;
  readonly packetsReceived: number;
  readonly totalAudioEnergy?: number;
}

const inboundOf = (page: Page): Promise<Heard[]> => page.evaluate('__watch.inbound()');
const soundOf = async (page: Page) =>
  (await inboundOf(page)).reduce((sum, { totalAudioEnergy = 0 }) => sum + totalAudioEnergy, 0);
const packetsTo = async (page: Page) =>
  (await inboundOf(page)).reduce((sum, { packetsReceived }) => sum + packetsReceived, 0);

/** What the SDK offers to whoever calls it, and devices that the page cannot take away. */
const KEEP_DEVICES = `{
  const real = navigator.mediaDevices.getUserMedia;
  Object.defineProperty(navigator.mediaDevices, 'getUserMedia', { get: () => real, set() {} });
}`;
const UNMUTE = `(() => {
  const sdk = CometChatCalls.CometChatCalls ?? CometChatCalls;
  sdk.muteAudio(false);
  sdk.pauseVideo(false);
})()`;
const SENT = `window.allTracks.filter(track => !track.isMuted() && track.getTrack().readyState === 'live').length`;

it('a broadcast: guests see and hear the host, and nobody sees or hears a guest, whatever it tries', async () => {
  const { sessionId, url } = await house.createMeeting({ broadcast: true });
  const invite = { uid: 'anna', name: 'Anna', role: 'host' };
  const { url: hostUrl = '' } = await house.manage('POST', `/api/meetings/${sessionId}/invites`, invite);
  const host = await join(await house.visit(hostUrl));

  const guest = await house.visit(url, { as: 'gus' });
  await untilState(guest, 'lobby');
  expect(await readScreen(guest)).toContain('you watch and listen');
  await join(guest);
  const rebel = await join(
    await house.visit(url, { as: 'rob', prepare: page => page.addInitScript(KEEP_DEVICES) }),
  );

  await Promise.all([untilSeen(guest), untilSeen(rebel)]);
  await expect.poll(() => soundOf(guest), { timeout: 10_000 }).toBeGreaterThan(0);
  // Neither to show a preview nor by the SDK, which without that opens both before it mutes them.
  expect(await countAsked(guest)).toBe(0);

  for (const page of [guest, rebel]) expect(await page.locator(OWN_CONTROLS).count()).toBe(0);
  expect(await guest.locator(LEAVE).count()).toBe(1);
  expect(await host.locator(OWN_CONTROLS).count()).toBe(3);

  await rebel.evaluate(UNMUTE);
  await expect.poll(() => rebel.evaluate(SENT), { timeout: 10_000 }).toBe(2);
  // The host goes on meanwhile: by then a rebel's media would have come, too.
  await untilSeen(guest);
  await untilSeen(guest);
  expect(await packetsTo(host)).toBe(0);
  const seen: Record<string, number> = await guest.evaluate('__watch.frames()');
  expect(Object.values(seen).filter(frames => frames > 0)).toHaveLength(1);

  await guest.click(LEAVE);
  await untilState(guest, 'left');
});

it('hours: whoever comes before is told when they begin, and let in by the page itself', async () => {
  const always = { hours: 'Mon-Sun 0:00-24:00', zone: 'UTC' };
  const startsAt = new Date(Date.now() + 6_000).toISOString();
  const page = await house.visit((await house.createMeeting({ ...always, startsAt })).url, { as: 'gus' });
  await untilState(page, 'denied');
  expect(await readOutcome(page)).toMatchObject({ code: 'MEETING_NOT_STARTED' });
  expect(await readScreen(page)).toContain('lets you in by itself');
  await untilState(page, 'lobby');
});

it('hours: whoever comes after is told of the next, before any camera opens', async () => {
  // Never on the day that is on: two days ahead, at noon.
  const ahead = new Date(Date.now() + 2 * 86_400_000);
  const day = ahead.toLocaleDateString('en', { weekday: 'short', timeZone: 'UTC' });
  const page = await house.visit(
    (await house.createMeeting({ hours: `${day} 12:00-13:00`, zone: 'UTC' })).url,
    { as: 'gus', timezoneId: 'UTC' },
  );
  await untilState(page, 'denied');
  const weekday = ahead.toLocaleDateString('en', { weekday: 'long', timeZone: 'UTC' });
  expect(await readScreen(page)).toContain(`The door opens ${weekday}`);
  expect(await countAsked(page)).toBe(0);
});
