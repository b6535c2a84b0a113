import type { PageNewsBody } from '../lint/page-news.ts';

declare global {
  interface Window {
    /** Playwright's binding into the lint. */
    __meetLint?: (news: unknown) => Promise<void>;
    __meetLintRuns?: boolean;
  }
}

/** Tells the lint. A page that is closing loses the answer, never the page's own flow. */
export function tell(news: PageNewsBody): void {
  window.__meetLint?.({ ...news, t: Date.now() })?.catch(() => {});
}
