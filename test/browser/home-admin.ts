import type { Locator, Page } from 'playwright-core';
import { expect } from 'vitest';
import { de } from '../../web/home/texts/de.ts';
import { en, type HomeTexts } from '../../web/home/texts/en.ts';
import { findViolations } from './axe.ts';
import type { House, VisitOptions } from './house.ts';

/** How the page is looked at. */
export interface Look {
  readonly name: string;
  readonly texts: HomeTexts;
  readonly options: VisitOptions;
}

/** Both languages, both colours, and the smallest phone. */
export const LOOKS: readonly Look[] = [
  {
    name: 'in English, on a desk, in light',
    texts: en,
    options: { locale: 'en-GB', colorScheme: 'light', viewport: { width: 1280, height: 900 } },
  },
  {
    name: 'in German, on a small phone, in the dark',
    texts: de,
    options: { locale: 'de-DE', colorScheme: 'dark', viewport: { width: 320, height: 640 } },
  },
];

export async function newLink(house: House): Promise<string> {
  const { code } = await house.manage('POST', '/api/admin/code');
  return `${house.url}/#admin=${code}`;
}

/** A tab of the home page that has become admin by a one-time link. */
export async function enter(house: House, options: VisitOptions = {}): Promise<Page> {
  const page = await house.visit(await newLink(house), {
    permissions: ['clipboard-read', 'clipboard-write'],
    ...options,
  });
  await page.locator('body[data-view=admin]').waitFor();
  return page;
}

/** Nothing for axe to find, and nothing beyond the right edge. */
export async function expectGood(page: Page): Promise<void> {
  await settle(page);
  expect(await findViolations(page)).toEqual([]);
  expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true);
}

/** What still moves in has not yet its colours. */
async function settle(page: Page): Promise<void> {
  await page.evaluate('Promise.all(document.getAnimations().map(animation => animation.finished))');
}

export const dialogOf = (page: Page, title: string): Locator =>
  page.getByRole('dialog', { name: title, exact: true });

/** The field with the link that a dialog shows. */
export const linkIn = (dialog: Locator, texts: HomeTexts): Locator =>
  dialog.getByLabel(texts.link, { exact: true });

/** What the page has put on the clipboard, which it may not read itself. */
export async function copiedIn(page: Page): Promise<string> {
  const other = await page.context().newPage();
  await other.goto(new URL('/healthz', page.url()).href);
  const text = await other.evaluate<string>('navigator.clipboard.readText()');
  await other.close();
  return text;
}

/** The same, as long as it has the focus. */
export const focused = (page: Page, what: Locator): Locator => what.and(page.locator(':focus'));

export const rowOf = (page: Page, id: string): Locator => page.locator(`.meetings > li[data-id="${id}"]`);

/** What the server has of the meetings, by id. */
export async function listOf(house: House): Promise<Map<string, Record<string, unknown>>> {
  const response = await fetch(`${house.url}/api/meetings`, {
    headers: { authorization: `Bearer ${house.adminKey}` },
  });
  const { meetings } = (await response.json()) as { meetings: Record<string, unknown>[] };
  return new Map(meetings.map(meeting => [String(meeting.sessionId), meeting]));
}
