import type { Browser, BrowserContext, Frame, Page } from 'playwright-core';
import type { RawSample } from '../evidence/sample.ts';
import type { PageNews } from '../lint/page-news.ts';
import type { FrameNews, Happening } from './happening.ts';

/** What our parts in a page tell, by the function they tell it with: the probe, the lint, the statistics. */
export interface Tellings {
  readonly __meetReport: Happening | FrameNews;
  readonly __meetLint: PageNews;
  readonly __meetSample: RawSample;
}

/** Hears one part in one page; the last that asks is told. */
export type Hear = <Name extends keyof Tellings>(
  name: Name,
  listener: (news: Tellings[Name], frame: Frame) => void,
) => void;

/** A browser profile of its own, and who hears what its pages tell. */
export interface Profile {
  readonly context: BrowserContext;
  hearerOf(page: Page): Hear;
}

type Listener = (news: unknown, frame: Frame) => void;

const NAMES = ['__meetReport', '__meetLint', '__meetSample'] as const satisfies (keyof Tellings)[];

/** Two tabs of one profile share the SDK's storage, and the second sometimes never gets the camera. */
export async function openProfile(browser: Browser, people: number): Promise<Profile> {
  const context = await browser.newContext({ viewport: { width: 640, height: heightFor(people) } });
  const listeners = new WeakMap<Page, Map<string, Listener>>();
  // Before there is any page. Where one goes while its `exposeBinding` is under way, be it closed or with a browser that died,
  // Playwright (1.65) throws where nobody can catch it, which ends this process.
  const expose = (name: keyof Tellings) =>
    context.exposeBinding(name, ({ page, frame }, news) => listeners.get(page)?.get(name)?.(news, frame));
  await Promise.all(NAMES.map(expose));
  return {
    context,
    hearerOf(page) {
      const own = new Map<string, Listener>();
      listeners.set(page, own);
      return (name, listener) => void own.set(name, listener as Listener);
    },
  };
}

/** SDK v4 lists the others beside its main picture, and shows only as many as fit: about 120 pixels each. Pure. */
function heightFor(people: number): number {
  return Math.max(400, 90 + 125 * people);
}
