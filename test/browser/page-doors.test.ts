import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { type House, openHouse } from './house.ts';
import { countAsked, readOutcome, readScreen, untilState } from './page-watch.ts';

const HOUR = 3_600_000;
const iso = (ms: number) => new Date(ms).toISOString();

let house: House;

beforeAll(async () => {
  house = await openHouse();
});
afterAll(() => house.close());

async function houseWith(env: Record<string, string>): Promise<House> {
  const other = await openHouse(env);
  onTestFinished(() => other.close());
  return other;
}

describe('who is not let in is told why before any camera opens', () => {
  async function denied(url: string, code: string, where = house): Promise<Page> {
    const page = await where.visit(url);
    await untilState(page, 'denied');
    expect(await readOutcome(page)).toEqual({ state: 'denied', code });
    expect(await page.evaluate('document.activeElement.id')).toBe('notice-title');
    expect(await countAsked(page)).toBe(0);
    return page;
  }

  it('of an unknown meeting', async () => {
    expect(await readScreen(await denied(`${house.url}/meet/nobody`, 'MEETING_NOT_FOUND'))).toMatch(
      /no such meeting/i,
    );
  });

  it('of an ended meeting', async () => {
    const { sessionId, url } = await house.createMeeting();
    await house.manage('POST', `/api/meetings/${sessionId}/end`, {});
    expect(await readScreen(await denied(url, 'MEETING_ENDED'))).toMatch(/It ended today at/);
  });

  it('of an expired meeting', async () => {
    const { url, sessionId } = await house.createMeeting({ expiresAt: iso(Date.now() + 400) });
    const facts = () => fetch(`${house.url}/api/meetings/${sessionId}`);
    await expect.poll(async () => (await facts()).status).toBe(410);
    expect(await readScreen(await denied(url, 'MEETING_EXPIRED'))).toMatch(/It was open until/);
  });

  it('of a link without its key, with the server’s advice', async () => {
    const { url } = await house.createMeeting({ strategy: 'stable', prefix: 'locked', id: '1' });
    const page = await denied(url.split('#')[0] ?? '', 'NOT_ALLOWED');
    expect(await readScreen(page)).toContain('copy all of it, with what follows the #');
  });

  it('of a meeting for listed people', async () => {
    const { url } = await house.createMeeting({ allow: ['bob'] });
    await denied(`${url}?as=bob`, 'NOT_ALLOWED');
  });

  it('of an invite that is not ours', async () => {
    const { url } = await house.createMeeting();
    await denied(`${url}#invite=eyJhbGciOiJIUzI1NiJ9.e30.forged`, 'NO_IDENTITY');
  });

  it('of a server without guests', async () => {
    const other = await houseWith({ MEET_GUESTS: 'off' });
    await denied((await other.createMeeting()).url, 'GUESTS_OFF', other);
  });

  it('of a flood, and may try again', async () => {
    const other = await houseWith({ MEET_RATE_LIMIT: '2' });
    const { sessionId, url } = await other.createMeeting();
    // From a page, since the server counts by address and the browser chooses between IPv4 and IPv6.
    const flood = await other.visit(other.url);
    await flood.evaluate(`Promise.all(Array.from({ length: 6 }, () => fetch('/api/meetings/${sessionId}')))`);
    const page = await denied(url, 'RATE_LIMITED', other);
    expect(await page.locator('#retry').isVisible()).toBe(true);
  });

  it('of a meeting that has not opened yet', async () => {
    const { url } = await house.createMeeting({ startsAt: iso(Date.now() + 3 * HOUR) });
    expect(await readScreen(await denied(url, 'MEETING_NOT_STARTED'))).toMatch(
      /The door opens t(oday|omorrow) at .*, in 3 hours/,
    );
  });

  it('of an early visit, and is let into the lobby when the door opens', async () => {
    // The door opens ten minutes before the start.
    const { url } = await house.createMeeting({ startsAt: iso(Date.now() + 600_000 + 2_500) });
    const page = await denied(url, 'MEETING_NOT_STARTED');
    const clock = page.getByRole('timer');
    expect(await clock.textContent()).toMatch(/^0:0\d$/);
    await untilState(page, 'lobby');
    // In the lobby the clock goes on, to the start itself.
    expect(await clock.textContent()).toMatch(/^(10:00|9:5\d)$/);
  });
});

describe('who was let into the lobby may still be turned away', () => {
  it('of a meeting that ended meanwhile', async () => {
    const { url, sessionId } = await house.createMeeting();
    const page = await house.visit(url, { as: 'alice' });
    await untilState(page, 'lobby');
    await house.manage('POST', `/api/meetings/${sessionId}/end`, {});
    await page.click('#join');
    await untilState(page, 'denied');
    expect((await readOutcome(page)).code).toBe('MEETING_ENDED');
  });

  it('of an identity that the server no longer takes, but gets a new one by itself', async () => {
    const { url } = await house.createMeeting();
    const page = await house.visit(url, { as: 'alice' });
    await untilState(page, 'lobby');
    await page.evaluate(`{
      const identity = JSON.parse(sessionStorage.getItem('meet.identity'));
      sessionStorage.setItem('meet.identity', JSON.stringify({ ...identity, token: 'stale' }));
    }`);
    await page.click('#join');
    await untilState(page, 'joined');
  });
});

it('the home page says how to make a meeting, and opens no camera', async () => {
  const page = await house.visit(house.url);
  await page.waitForSelector('section h1');
  expect(await page.textContent('main')).toContain('meet create');
  expect(await countAsked(page)).toBe(0);
});
