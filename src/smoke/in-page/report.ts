import type { FrameNews, News } from '../people/happening.ts';

declare global {
  interface Window {
    /** Playwright's binding into the smoke test. */
    __meetReport?: (happening: unknown) => Promise<void>;
  }
}

/** Tells the smoke test. A page that is closing loses the answer, never the page's own flow. */
export function report(news: News): void {
  window.__meetReport?.({ ...news, t: Date.now() })?.catch(() => {});
}

/** How many connections and local tracks this frame holds. */
export function reportHolding(count: number): void {
  const news: FrameNews = { kind: 'holding', count, t: Date.now() };
  window.__meetReport?.(news)?.catch(() => {});
}

/** As `report`, for what the page itself has timed. */
export function reportAt(t: number, news: News): void {
  window.__meetReport?.({ ...news, t })?.catch(() => {});
}
