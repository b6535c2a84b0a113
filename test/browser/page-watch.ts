import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';

const SCRIPT = fileURLToPath(new URL('page-watch.js', import.meta.url));
const PATIENCE = { timeout: 30_000 };

/** Before the page is opened. */
export async function watchPage(page: Page): Promise<void> {
  await page.addInitScript({ path: SCRIPT });
}

export async function untilState(page: Page, state: string): Promise<void> {
  await page.waitForFunction(`document.body?.dataset.state === '${state}'`, undefined, PATIENCE);
}

/** `state`, and where there are any: code and phase. */
export function readOutcome(page: Page): Promise<Record<string, string>> {
  return page.evaluate('({ ...document.body.dataset })');
}

/** What the page told of itself, and of the SDK, in order. */
export function readEvents(page: Page): Promise<string[]> {
  return page.evaluate('__watch.events()');
}

export async function untilEvent(page: Page, name: string, times = 1): Promise<void> {
  const told = `window.__watch?.events().filter(name => name === '${name}').length >= ${times}`;
  await page.waitForFunction(told, undefined, PATIENCE);
}

/** Waits until `people` others are seen: of each, five frames more than now are decoded. */
export async function untilSeen(page: Page, people = 1): Promise<void> {
  const before = await decodedFrames(page);
  for (const deadline = Date.now() + PATIENCE.timeout; Date.now() < deadline; ) {
    const frames = Object.entries(await decodedFrames(page));
    if (frames.filter(([ssrc, count]) => count >= (before[ssrc] ?? 0) + 5).length >= people) return;
  }
  throw new Error(`fewer than ${people} pictures are moving`);
}

function decodedFrames(page: Page): Promise<Record<string, number>> {
  return page.evaluate('__watch.frames()');
}

/** Waits until neither connection nor camera nor microphone is held. */
export async function untilReleased(page: Page): Promise<void> {
  const free = 'Object.values(__watch.held()).every(count => count === 0)';
  await page.waitForFunction(free, undefined, PATIENCE);
}

/** How often the page asked for camera or microphone. */
export function countAsked(page: Page): Promise<number> {
  return page.evaluate('__watch.asked()');
}

/** What stands on the screen. */
export function readScreen(page: Page): Promise<string> {
  return page.evaluate("document.getElementById('sheet').innerText");
}
