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

describe('the lobby', () => {
  it('says what the meeting is, until when, and with which SDK', async () => {
    const { url } = await house.createMeeting({
      title: 'Design review',
      startsAt: iso(Date.now() + 300_000),
    });
    const page = await house.visit(url, { as: 'alice' });
    await untilState(page, 'lobby');
    const screen = await readScreen(page);
    expect(screen).toContain('Design review');
    expect(screen).toMatch(/Starts t(oday|omorrow) at .*, in [45] minutes/);
    expect(screen).toMatch(/Link open until/);
    expect(screen).toContain('@cometchat/calls-sdk-javascript 4.2.6 · local emulator');
    expect(await page.title()).toBe('Design review · meet');
    expect(await page.inputValue('#name')).toBe('alice');
  });

  it('shows the camera as in a mirror, and lets go of it on joining', async () => {
    const { url } = await house.createMeeting();
    const page = await house.visit(url, { as: 'alice' });
    await page.waitForFunction("document.getElementById('preview').videoWidth > 0");
    expect(await page.evaluate("getComputedStyle(document.getElementById('preview')).scale")).toBe('-1 1');
    const preview = "document.getElementById('preview').srcObject";
    await page.evaluate(`window.shown = ${preview}.getTracks()`);
    await page.focus('#name');
    await page.keyboard.press('Enter');
    await untilState(page, 'joined');
    expect(await page.evaluate("window.shown.every(track => track.readyState === 'ended')")).toBe(true);
    expect(await page.evaluate(preview)).toBeNull();
  });

  it('lets go of a camera that the browser hands over only after Join', async () => {
    const { url } = await house.createMeeting();
    const page = await house.visit(url, {
      as: 'alice',
      prepare: page =>
        page.addInitScript(`{
          const ask = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
          let first = true;
          navigator.mediaDevices.getUserMedia = async wanted => {
            if (!first) return ask(wanted);
            first = false;
            window.late = new Promise(resolve => { window.handOver = async () => resolve(await ask(wanted)); });
            return window.late;
          };
        }`),
    });
    await page.waitForFunction('window.late !== undefined');
    await page.click('#join');
    await untilState(page, 'joined');
    await page.evaluate('handOver()');
    const stopped = "late.then(stream => stream.getTracks().every(track => track.readyState === 'ended'))";
    await expect.poll(() => page.evaluate(stopped)).toBe(true);
  });

  it('needs a name, and says so where the eye and the reader are', async () => {
    const { url } = await house.createMeeting();
    const page = await house.visit(url);
    await untilState(page, 'lobby');
    await page.click('#join');
    expect(await page.getAttribute('#name', 'aria-invalid')).toBe('true');
    expect(await page.textContent('[role=alert]')).toMatch(/enter a name/);
    expect(await page.evaluate('document.activeElement.id')).toBe('name');
    await page.fill('#name', '  Ada   Lovelace ');
    await page.click('#join');
    await untilState(page, 'joined');
    expect(await page.evaluate("JSON.parse(sessionStorage.getItem('meet.identity')).user.name")).toBe(
      'Ada Lovelace',
    );
  });

  it('keeps the name over a reload, in this tab only', async () => {
    const { url } = await house.createMeeting();
    const page = await house.visit(url);
    await page.fill('#name', 'Ada');
    await page.click('#join');
    await untilState(page, 'joined');
    await page.reload();
    await untilState(page, 'lobby');
    expect(await page.inputValue('#name')).toBe('Ada');
    const tab = await page.context().newPage();
    await tab.goto(url);
    await untilState(tab, 'lobby');
    expect(await tab.inputValue('#name')).toBe('');
  });

  it('takes the name of an invite, and joins with it', async () => {
    const { sessionId } = await house.createMeeting({ allow: ['bob'] });
    const invite = await house.manage('POST', `/api/meetings/${sessionId}/invites`, {
      uid: 'bob',
      name: 'Bob B.',
    });
    const page = await house.visit(String(invite.url));
    await untilState(page, 'lobby');
    expect(await page.inputValue('#name')).toBe('Bob B.');
    expect(await page.getAttribute('#name', 'readonly')).not.toBeNull();
    await page.click('#join');
    await untilState(page, 'joined');
  });

  it('removes the switch that would send SDK v4 to another host', async () => {
    const { url } = await house.createMeeting({ strategy: 'stable', prefix: 'switch', id: '1' });
    const page = await house.visit(url.replace('#', '?v=2#'));
    await untilState(page, 'lobby');
    expect(page.url()).toBe(url);
  });
});

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
    await untilState(page, 'lobby');
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
  await page.waitForSelector('#home-steps li');
  expect(await readScreen(page)).toContain('meet create');
  expect(await countAsked(page)).toBe(0);
});
