import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findViolations } from './axe.ts';
import { type House, openHouse, type VisitOptions } from './house.ts';
import { untilState } from './page-watch.ts';

const FAKE = fileURLToPath(new URL('fake-v5.js', import.meta.url));
const PHONE = { viewport: { width: 320, height: 640 } };
const LEAVE = '.cc-end-call-icon-container';
const locked = { strategy: 'stable', prefix: 'locked', id: '1', title: 'Weekly planning' };

let house: House;

beforeAll(async () => {
  house = await openHouse();
});
afterAll(() => house.close());

/** A browser with a share sheet that notes what it is given; `answer` is its visitor's. */
const withSheet =
  (answer = 'done') =>
  (page: Page) =>
    page.addInitScript(`{
    window.sheet = [];
    navigator.canShare = () => true;
    navigator.share = async data => {
      window.sheet.push(data);
      if ('${answer}' === 'cancel') throw new DOMException('', 'AbortError');
    };
  }`);

/** As on plain http: neither a sheet nor a clipboard. */
const withNothing = (page: Page) =>
  page.addInitScript(`{
    navigator.share = undefined;
    Object.defineProperty(navigator, 'clipboard', { value: undefined });
  }`);

/** A clipboard that can be read back: the browser's own asks a person first. */
const withClipboard = (page: Page) =>
  page.addInitScript(`{
    navigator.share = undefined;
    window.copied = [];
    Object.defineProperty(navigator, 'clipboard', { value: { writeText: async text => window.copied.push(text) } });
  }`);

async function visitLobby(
  url: string,
  prepare: NonNullable<VisitOptions['prepare']>,
  options: VisitOptions = {},
) {
  const page = await house.visit(url, { ...options, prepare });
  await untilState(page, 'lobby');
  return page;
}

async function join(page: Page): Promise<void> {
  await page.click('#join');
  await untilState(page, 'joined');
}

const copied = (page: Page) => page.evaluate<string[]>('copied');
const sheet = (page: Page) => page.evaluate<Record<string, string>[]>('sheet');
const shareInLobby = (page: Page) => page.getByRole('button', { name: 'Share link' }).click();
const said = (page: Page) => expect.poll(() => page.textContent('#toast'));

async function invite(sessionId: string, wish: object): Promise<string> {
  return String((await house.manage('POST', `/api/meetings/${sessionId}/invites`, wish)).url);
}

describe('the link is shared', () => {
  it('in the lobby, in the call and after it, without the query and whoever it proposes', async () => {
    const { url } = await house.createMeeting(locked);
    const page = await visitLobby(url, withClipboard, { as: 'alice', ...PHONE });
    await shareInLobby(page);
    await said(page).toBe('Link copied. Whoever has it can join.');
    await join(page);
    await page.getByRole('button', { name: 'Share link' }).focus();
    await page.keyboard.press('Enter');
    await expect.poll(() => copied(page)).toHaveLength(2);
    // Tab goes on into the SDK's own controls, and none of them is covered.
    const covered = `[...document.querySelectorAll('#call button')].filter(button => {
      const { x, y, width, height } = button.getBoundingClientRect();
      return width > 0 && document.elementFromPoint(x + width / 2, y + height / 2)?.closest('#share-call, #toast');
    }).length`;
    expect(await page.evaluate(covered)).toBe(0);
    await page.click(LEAVE);
    await untilState(page, 'left');
    await page.getByRole('button', { name: 'Share link' }).click();
    await expect.poll(() => copied(page)).toEqual([url, url, url]);
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(320);
  });

  it('with the system’s sheet, whose end without sharing is nothing to talk about', async () => {
    const { url } = await house.createMeeting({ title: 'Review' });
    const sharing = await visitLobby(url, withSheet());
    await shareInLobby(sharing);
    expect(await sheet(sharing)).toEqual([{ title: 'Review', text: 'Join “Review”.', url }]);
    const cancelling = await visitLobby(url, withSheet('cancel'));
    await shareInLobby(cancelling);
    expect(await sheet(cancelling)).toHaveLength(1);
    for (const page of [sharing, cancelling]) {
      expect(await page.textContent('#toast')).toBe('');
      expect(await page.locator('dialog').count()).toBe(0);
    }
  });

  it('by hand where the browser gives no other way, in German too', async () => {
    const { url } = await house.createMeeting(locked);
    const page = await visitLobby(url, withNothing, { locale: 'de', ...PHONE });
    await page.getByRole('button', { name: 'Link teilen' }).focus();
    await page.keyboard.press('Enter');
    await page.waitForSelector('dialog[open]');
    expect(await page.evaluate('getSelection().toString() || document.activeElement.value')).toBe(url);
    const selected = 'document.activeElement.selectionEnd - document.activeElement.selectionStart';
    expect(await page.evaluate(selected)).toBe(url.length);
    expect(await page.textContent('dialog')).toMatch(
      /Diesen Link kopieren[\s\S]*Wer ihn hat, kann teilnehmen/,
    );
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      expect(await findViolations(page)).toEqual([]);
    }
    const box = await page.locator('dialog').boundingBox();
    expect(box && box.x >= 0 && box.x + box.width <= 320).toBe(true);
    await page.keyboard.press('Escape');
    await expect.poll(() => page.locator('dialog').count()).toBe(0);
    expect(await page.evaluate('document.activeElement.matches("#lobby [data-share]")')).toBe(true);
  });

  it('with the SDK’s own button where it has one, and with no second one', async () => {
    const { url } = await house.createMeeting();
    const page = await visitLobby(
      url,
      async tab => {
        await withClipboard(tab);
        await tab.addInitScript('window.__v5 = {}');
        await tab.route('**/sdk/**', route => route.fulfill({ path: FAKE, contentType: 'text/javascript' }));
        await tab.route('**/meet/*', async route => {
          const response = await route.fetch();
          const body = (await response.text()).replace('&#34;major&#34;:4', '&#34;major&#34;:5');
          await route.fulfill({ response, body });
        });
      },
      { as: 'alice' },
    );
    await join(page);
    expect(await page.evaluate<string[]>('__v5.done')).toContainEqual(
      expect.stringMatching(/^joinSession call-token {"hideShareInviteButton":false}/),
    );
    expect(await page.getByRole('button', { name: 'Share link' }).count()).toBe(0);
    await page.evaluate("__v5.emit('onShareInviteButtonClicked')");
    await said(page).toMatch(/^Link copied/);
    expect(await copied(page)).toEqual([url]);
  });
});

describe('a shared link', () => {
  it('never carries the invite of who shares it, and says what it needs', async () => {
    const { sessionId } = await house.createMeeting(locked);
    const page = await visitLobby(await invite(sessionId, { uid: 'bob' }), withSheet());
    await shareInLobby(page);
    const told = 'Join “Weekly planning”. You need an invite of your own to get in.';
    expect(await sheet(page)).toEqual([
      { title: 'Weekly planning', text: told, url: `${house.url}/meet/${sessionId}` },
    ]);
    await said(page).toBe('Whoever opens it needs an invite of their own.');
  });

  it('is the whole one where a host shares it', async () => {
    const { sessionId, url } = await house.createMeeting(locked);
    const page = await visitLobby(await invite(sessionId, { uid: 'bob', role: 'host' }), withClipboard);
    await shareInLobby(page);
    await expect.poll(() => copied(page)).toEqual([url]);
  });

  it('of a meeting for listed people says that it is for them', async () => {
    const { sessionId, url } = await house.createMeeting({ allow: ['bob'] });
    const page = await visitLobby(await invite(sessionId, { uid: 'bob', role: 'host' }), withClipboard);
    await shareInLobby(page);
    await said(page).toMatch(/only the people on this meeting’s list/);
    expect(await copied(page)).toEqual([url]);
  });
});
