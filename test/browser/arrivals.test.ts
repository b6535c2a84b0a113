import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type House, openHouse } from './house.ts';
import { readOutcome, readScreen, untilState } from './page-watch.ts';

// The four states in which somebody opens a link that was shared: known in this tab, known on this device, unknown, invited.

let house: House;

beforeAll(async () => {
  house = await openHouse();
});
afterAll(() => house.close());

async function join(page: Page): Promise<void> {
  await page.click('#join');
  await untilState(page, 'joined');
}

/** By what name the others see whoever is in this tab. */
const nameInCall = (page: Page) =>
  page.evaluate<string>("JSON.parse(sessionStorage.getItem('meet.identity')).user.name");

async function joinAs(name: string, url: string): Promise<Page> {
  const page = await house.visit(url);
  await page.fill('#name', name);
  await join(page);
  return page;
}

/** The same browser, and nothing else in common. */
async function freshTab(page: Page, url: string): Promise<Page> {
  const tab = await page.context().newPage();
  await tab.goto(url);
  await untilState(tab, 'lobby');
  return tab;
}

describe('a shared link is opened', () => {
  it('by nobody we know, who is asked for a name', async () => {
    const { url } = await house.createMeeting();
    const page = await house.visit(url);
    for (const visit of ['first', 'reloaded']) {
      if (visit === 'reloaded') await page.reload();
      await untilState(page, 'lobby');
      expect(await page.inputValue('#name')).toBe('');
      expect(await page.isVisible('#remembered')).toBe(false);
    }
    await page.click('#join');
    expect(await page.textContent('[role=alert]')).toMatch(/enter a name/);
    await page.fill('#name', 'Ada');
    await join(page);
    expect(await nameInCall(page)).toBe('Ada');
  });

  it('by who is known in this tab, and joins without being asked again', async () => {
    const page = await joinAs('Ada', (await house.createMeeting()).url);
    const { url } = await house.createMeeting();
    await page.goto(url);
    await untilState(page, 'lobby');
    await page.reload();
    await untilState(page, 'lobby');
    let introduced = 0;
    page.on('request', request => {
      if (request.url().endsWith('/api/identity')) introduced += 1;
    });
    await join(page);
    expect([await nameInCall(page), introduced]).toEqual(['Ada', 0]);
  });

  it('in a fresh tab of a device that knows the name, and nothing but the name', async () => {
    const { url } = await house.createMeeting();
    const page = await joinAs('Ada Lovelace', url);
    const kept = await page.evaluate<Record<string, string>>('({ ...localStorage })');
    expect(Object.entries(kept).filter(([name]) => name.startsWith('meet.'))).toEqual([
      ['meet.name', 'Ada Lovelace'],
    ]);
    const tab = await freshTab(page, (await house.createMeeting()).url);
    await tab.reload();
    await untilState(tab, 'lobby');
    expect(await tab.inputValue('#name')).toBe('Ada Lovelace');
    expect(await tab.textContent('#remembered')).toMatch(/Remembered on this device.*Forget/);
    await join(tab);
    expect(await nameInCall(tab)).toBe('Ada Lovelace');
  });

  it('and the device forgets the name when told to', async () => {
    const { url } = await house.createMeeting();
    const page = await joinAs('Ada', url);
    const tab = await freshTab(page, url);
    await tab.click('#forget');
    expect(await tab.evaluate("[document.activeElement.id, localStorage.getItem('meet.name')]")).toEqual([
      'name',
      null,
    ]);
    expect(await tab.isVisible('#remembered')).toBe(false);
    await tab.reload();
    await untilState(tab, 'lobby');
    expect(await tab.inputValue('#name')).toBe('');
  });

  it('by who is invited, whatever name the device knows', async () => {
    const meeting = await house.createMeeting({ allow: ['bob'] });
    const path = `/api/meetings/${meeting.sessionId}/invites`;
    const { url } = await house.manage('POST', path, { uid: 'bob', name: 'Bob B.' });
    const ada = await joinAs('Ada', (await house.createMeeting()).url);
    const tab = await freshTab(ada, String(url));
    await tab.reload();
    await untilState(tab, 'lobby');
    expect(await tab.inputValue('#name')).toBe('Bob B.');
    expect(await tab.isVisible('#remembered')).toBe(false);
    await join(tab);
    expect(await nameInCall(tab)).toBe('Bob B.');
    // An invite's name is its sender's choice, and no reason to change what the device knows.
    expect(await tab.evaluate("localStorage.getItem('meet.name')")).toBe('Ada');
  });

  it('by who has an invite that is over, also in a tab that another one let in', async () => {
    const { sessionId } = await house.createMeeting({ allow: ['bob'] });
    const invite = (expiresIn: string) =>
      house.manage('POST', `/api/meetings/${sessionId}/invites`, { uid: 'bob', expiresIn });
    const { url, expiresAt } = await invite('1s');
    const page = await house.visit(String((await invite('1h')).url));
    await untilState(page, 'lobby');
    await expect.poll(() => Date.now()).toBeGreaterThan(Date.parse(String(expiresAt)));
    for (const visit of ['open', 'reload']) {
      // Only the fragment changes.
      if (visit === 'open') await page.goto(String(url));
      else await page.reload();
      await untilState(page, 'denied');
      expect([visit, (await readOutcome(page)).code]).toEqual([visit, 'NO_IDENTITY']);
    }
    expect(await readScreen(page)).toMatch(/invite is not valid any more[\s\S]*Ask whoever sent it/);
  });
});
