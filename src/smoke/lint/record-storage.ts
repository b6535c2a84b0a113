import type { Frame, Page } from 'playwright-core';
import { endsWithin } from '../signals.ts';
import type { RecordedFacts } from './facts.ts';

/** In characters: longer values hold no token but data, and a look shall be cheap. */
const LONGEST = 20_000;
/** How long a frame is waited for, in milliseconds. */
const FRAME_MS = 1000;

type Areas = Record<'localStorage' | 'sessionStorage', [key: string, value: string][]>;

/**
 * Notes what the page keeps in its storage at this moment, frames too; nothing where it is gone. Ends when the page has
 * answered: whoever waits sets the limit.
 */
export async function recordStorage(page: Page, facts: RecordedFacts, now: () => number): Promise<void> {
  if (page.isClosed()) return;
  const t = now();
  const look = async (frame: Frame) => {
    const areas = await frame.evaluate(readAreas, LONGEST).catch(() => null);
    for (const [area, items] of Object.entries(areas ?? {}) as [keyof Areas, [string, string][]][])
      for (const [key, value] of items) facts.storages.push({ t, area, key, value });
  };
  const main = page.mainFrame();
  const others = page.frames().filter(frame => frame !== main);
  // A frame of somebody else's that hangs, or is no page at all, is not this page's fault.
  await Promise.all([look(main), ...others.map(frame => endsWithin(look(frame), FRAME_MS))]);
}

/** Runs in the page. A page of an opaque origin has no storage, and says so by throwing. */
function readAreas(longest: number): Areas {
  const { localStorage, sessionStorage } = globalThis as unknown as Record<string, Record<string, string>>;
  const read = (area: Record<string, string> = {}) =>
    Object.entries(area).filter(([, value]) => value.length <= longest);
  return { localStorage: read(localStorage), sessionStorage: read(sessionStorage) };
}
