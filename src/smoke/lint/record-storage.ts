import type { Page } from 'playwright-core';
import type { RecordedFacts } from './facts.ts';

/** Longer values hold no token but data; and a look shall be cheap. */
const LONGEST = 20_000;
/** A page that hangs is not waited for longer, in milliseconds. */
const PATIENCE_MS = 1000;

/** Notes what the page keeps in its storage at this moment; nothing where the page is gone. */
export async function recordStorage(page: Page, facts: RecordedFacts, now: () => number): Promise<void> {
  if (page.isClosed()) return;
  const t = now();
  const late = new Promise<null>(resolve => setTimeout(resolve, PATIENCE_MS, null).unref());
  const areas = await Promise.race([page.evaluate(readAreas), late]).catch(() => null);
  if (!areas) return;
  for (const [area, items] of Object.entries(areas) as [keyof typeof areas, Record<string, string>][])
    for (const [key, value] of Object.entries(items))
      if (value.length <= LONGEST) facts.storages.push({ t, area, key, value });
}

/** Runs in the page. A page of an opaque origin has no storage, and says so by throwing. */
function readAreas(): Record<'localStorage' | 'sessionStorage', Record<string, string>> {
  const { localStorage, sessionStorage } = globalThis as unknown as Record<string, Record<string, string>>;
  return { localStorage: { ...localStorage }, sessionStorage: { ...sessionStorage } };
}
