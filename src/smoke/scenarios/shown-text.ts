import type { Frame, Page } from 'playwright-core';
import { endsWithin } from '../signals.ts';

/** How long a frame may take to say what it shows, in milliseconds; one that hangs is left out. */
const FRAME_MS = 1000;
const POLL_MS = 100;

/** Whether a page's own text changes within so many milliseconds, or it asks something in a dialog. */
export type UntilTold = (ms: number) => Promise<boolean>;

/** Notes what a page shows of its own at this moment. */
export async function noteShown(page: Page): Promise<UntilTold> {
  const asked = new Promise<true>(resolve => {
    page.once('dialog', dialog => {
      resolve(true);
      dialog.dismiss().catch(() => {});
    });
  });
  const shown = await readTexts(page);
  return ms => {
    const changes = shown.map(([frame, text]) => untilChanged(frame, text, ms));
    return Promise.race([asked, Promise.any(changes)]).catch(() => false);
  };
}

/** Rejects where it stays as it is. */
async function untilChanged(frame: Frame, before: string, timeout: number): Promise<true> {
  const changed = `${SHOWN_TEXT} !== ${JSON.stringify(before)}`;
  try {
    await frame.waitForFunction(changed, undefined, { timeout, polling: POLL_MS });
  } catch (error) {
    // A frame that was taken off the page is a change too.
    if (!frame.isDetached()) throw error;
  }
  return true;
}

/** In the page: what is shown outside of the SDK's container. Digits are left out: a clock that ticks says nothing. */
const SHOWN_TEXT = `(() => {
  const drawn = document.querySelector('#cc-container')?.parentElement?.innerText ?? '';
  return (document.body?.innerText ?? '').replace(drawn, '').replace(/\\d/g, '').trim();
})()`;

async function readTexts(page: Page): Promise<(readonly [Frame, string])[]> {
  const texts = new Map<Frame, string>();
  const read = async (frame: Frame) => {
    texts.set(frame, await frame.evaluate<string>(SHOWN_TEXT));
  };
  await Promise.all(page.frames().map(frame => endsWithin(read(frame), FRAME_MS).catch(() => false)));
  return [...texts];
}
