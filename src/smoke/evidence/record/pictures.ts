import type { CDPSession, Page } from 'playwright-core';

/** Small enough to embed dozens, good enough to read a screen. */
const QUALITY = 45;

/** Takes pictures of a tab: over the DevTools protocol, so that neither page nor trace notices. */
export interface Photographer {
  /** A `data:` URL; null when the tab is gone or does not answer. */
  take(): Promise<string | null>;
}

export async function followPage(page: Page, limit: Limiter): Promise<Photographer> {
  const session = await page.context().newCDPSession(page);
  return { take: () => limit(capture(session)) };
}

/** Gives null where something fails or takes too long. */
export type Limiter = <T>(work: Promise<T>) => Promise<T | null>;

async function capture(session: CDPSession): Promise<string> {
  const { data } = await session.send('Page.captureScreenshot', { format: 'webp', quality: QUALITY });
  return `data:image/webp;base64,${data}`;
}
