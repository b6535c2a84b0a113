import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openWindows } from '../../src/cli/windows.ts';
import { findBrowser } from '../../src/smoke/browser/find-browser.ts';
import { type House, openHouse } from './house.ts';
import { untilState } from './page-watch.ts';

let house: House;

beforeAll(async () => {
  house = await openHouse();
});
afterAll(() => house.close());

/** As `meet open --pair`, but without a screen. */
async function openPair() {
  const { url } = await house.createMeeting({ title: 'Review' });
  const links = ['alice', 'bob'].map(as => {
    const link = new URL(url);
    link.searchParams.set('as', as);
    return link.href;
  });
  const executable = findBrowser({ env: process.env })?.path ?? '';
  return openWindows({ executable, headless: true, root: true, links });
}

const keep = (page: Page) => page.evaluate<string | null>("localStorage.getItem('whose')");

describe('the windows of meet open --pair', () => {
  it('are two people with a profile each, who may use camera and microphone, and are over when both are closed', async () => {
    const { pages, closed } = await openPair();
    const [alice, bob] = pages as [Page, Page];
    for (const page of pages) await untilState(page, 'lobby');
    expect(await Promise.all(pages.map(page => page.inputValue('#name')))).toEqual(['alice', 'bob']);
    await alice.evaluate("localStorage.setItem('whose', 'alice')");
    expect([await keep(alice), await keep(bob)]).toEqual(['alice', null]);
    const allowed = `Promise.all(['camera', 'microphone'].map(name => navigator.permissions.query({ name })))
      .then(all => all.map(({ state }) => state))`;
    for (const page of pages) expect(await page.evaluate(allowed)).toEqual(['granted', 'granted']);
    let over = false;
    void closed.then(() => {
      over = true;
    });
    await alice.close();
    expect(await bob.evaluate('document.body.dataset.state')).toBe('lobby');
    expect(over).toBe(false);
    await bob.close();
    await closed;
    expect(alice.context().browser()?.isConnected()).toBe(false);
  });

  it('are over when the browser is', async () => {
    const windows = await openPair();
    await windows.close();
    await windows.closed;
  });

  it('need a browser that starts', async () => {
    const options = { executable: '/bin/false', headless: true, root: true, links: [house.url] };
    await expect(openWindows(options)).rejects.toMatchObject({ code: 'NO_BROWSER' });
  });
});
