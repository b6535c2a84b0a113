import type { Browser, Page } from 'playwright-core';
import { MeetError } from '../core/errors.ts';

export interface WindowOptions {
  readonly executable: string;
  readonly headless: boolean;
  /** Chromium's sandbox does not start for root. */
  readonly root: boolean;
  /** What each window shows. */
  readonly links: readonly string[];
}

export interface Windows {
  readonly pages: readonly Page[];
  /** Resolves once the last window is closed, and the browser with it. */
  readonly closed: Promise<void>;
  close(): Promise<void>;
}

const ARGUMENTS = [
  '--no-first-run',
  '--no-default-browser-check',
  // Without it Chromium refuses the loopback address as a way to the other side, where there is no network card.
  '--allow-loopback-in-peer-connection',
];

/**
 * Opens a window per link, side by side, each with a profile of its own, since the SDK and the page keep things by origin. All are
 * one browser, as two would fight over one camera. Throws `NO_BROWSER`.
 */
export async function openWindows({ executable, headless, root, links }: WindowOptions): Promise<Windows> {
  const { chromium } = await import('playwright-core');
  const options = {
    executablePath: executable,
    headless,
    args: [...ARGUMENTS, ...(root ? ['--no-sandbox'] : [])],
    // The line that a program drives it would take room, and nobody does once the windows are open.
    ignoreDefaultArgs: ['--enable-automation'],
    handleSIGINT: false,
    handleSIGTERM: false,
    handleSIGHUP: false,
  };
  const browser = await chromium.launch(options).catch(cause => {
    throw new MeetError('NO_BROWSER', `${executable} did not start; name another in MEET_BROWSER.`, {
      cause,
    });
  });
  const ended = new Promise<void>(resolve => browser.once('disconnected', () => resolve()));
  const close = () => browser.close().then(() => ended);
  try {
    const pages = await Promise.all(
      links.map((link, index) => openWindow(browser, link, index, links.length)),
    );
    const gone = pages.map(page => new Promise(resolve => page.once('close', resolve)));
    const closed = Promise.race([ended, Promise.all(gone).then(close)]);
    return { pages, closed, close };
  } catch (cause) {
    await close();
    throw new MeetError('NO_BROWSER', `${executable} was closed before its windows were open.`, { cause });
  }
}

async function openWindow(browser: Browser, link: string, index: number, count: number): Promise<Page> {
  const context = await browser.newContext({ viewport: null });
  // Whoever asked for two people in a call need not say so once more in each window.
  await context.grantPermissions(['camera', 'microphone'], { origin: new URL(link).origin });
  const page = await context.newPage();
  await place(page, index, count);
  await page.goto(link, { waitUntil: 'commit' });
  return page;
}

/** Side by side over the width of the screen; where the browser has no windows to move, as they are. */
async function place(page: Page, index: number, count: number): Promise<void> {
  const devtools = await page.context().newCDPSession(page);
  const { width, height } = await page.evaluate<{ width: number; height: number }>(
    '({ width: screen.availWidth, height: screen.availHeight })',
  );
  const { windowId } = await devtools.send('Browser.getWindowForTarget');
  const part = Math.floor(width / count);
  const bounds = { left: index * part, top: 0, width: part, height };
  await devtools.send('Browser.setWindowBounds', { windowId, bounds }).catch(() => {});
  await devtools.detach();
}
