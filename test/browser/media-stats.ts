import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';

const SCRIPT = fileURLToPath(new URL('media-stats.js', import.meta.url));
const PATIENCE_MS = 30_000;

/** One of the browser's statistics, as far as the tests look at them. Times are in seconds. */
export interface MediaStats {
  readonly type: string;
  readonly kind?: 'audio' | 'video';
  readonly frameHeight?: number;
  readonly framesDecoded?: number;
  readonly keyFramesDecoded?: number;
  readonly totalFreezesDuration?: number;
  readonly nackCount?: number;
  readonly roundTripTime?: number;
}

/** Before the page is opened. */
export async function countMedia(page: Page): Promise<void> {
  await page.addInitScript({ path: SCRIPT });
}

async function readMedia(page: Page): Promise<MediaStats[]> {
  return page.evaluate('__media()');
}

/** The pictures that a page gets of others. */
export async function readPictures(page: Page): Promise<MediaStats[]> {
  return picturesIn(await readMedia(page));
}

export function picturesIn(stats: readonly MediaStats[]): MediaStats[] {
  return stats.filter(
    ({ type, kind, framesDecoded = 0 }) => type === 'inbound-rtp' && kind === 'video' && framesDecoded > 0,
  );
}

/** Waits until the page's statistics are so; `what` says what was waited for when they never are. */
export async function untilMedia(
  page: Page,
  what: string,
  isSo: (stats: readonly MediaStats[]) => boolean,
): Promise<MediaStats[]> {
  let stats: MediaStats[] = [];
  for (const deadline = Date.now() + PATIENCE_MS; Date.now() < deadline; ) {
    stats = await readMedia(page);
    if (isSo(stats)) return stats;
    // Each reading costs the browser a walk through all of its streams.
    await page.evaluate('new Promise(resolve => setTimeout(resolve, 100))');
  }
  throw new Error(
    `${what}: not within ${PATIENCE_MS} ms; ${JSON.stringify(stats.filter(isPicture).map(brief))}`,
  );
}

/** What tells a slow browser from a bridge that forgot somebody. */
function brief(stats: MediaStats): Partial<MediaStats> {
  const { type, frameHeight, framesDecoded, keyFramesDecoded, nackCount } = stats;
  return { type, frameHeight, framesDecoded, keyFramesDecoded, nackCount } as Partial<MediaStats>;
}

function isPicture({ type, kind }: MediaStats): boolean {
  return kind === 'video' && (type === 'inbound-rtp' || type === 'outbound-rtp');
}
