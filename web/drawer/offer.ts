import type { App } from '../app.ts';
import { recallIdentity } from '../identity.ts';
import type { DrawerOptions } from './drawer.ts';

/** Where this script came from: the drawer's lies beside it, under an address that changes with their content. */
const HERE = document.currentScript instanceof HTMLScriptElement ? document.currentScript.src : null;
const PATIENCE_MS = 3_000;

let offered = false;

/**
 * Offers developers a look at what happens. Loaded after the first attempt to join and when the page is idle, so that neither
 * a join nor the first picture waits for it; where it cannot be loaded the call goes on without.
 */
export function offerDrawer({ visit, clock }: App): void {
  const { config, link, diary } = visit;
  const { book } = diary;
  if (!book || !HERE || offered) return;
  offered = true;
  const streamToken = () => recallIdentity(link, Date.now())?.token ?? null;
  const options: DrawerOptions = { config, link, clock, book, streamToken };
  whenIdle(() => {
    const loading = import(new URL('drawer.js', HERE).href) as Promise<typeof import('./drawer.ts')>;
    loading.then(({ mountDrawer }) => mountDrawer(options)).catch(() => {});
  });
}

/** Safari has no idle callbacks. */
function whenIdle(work: () => void): void {
  if ('requestIdleCallback' in window) requestIdleCallback(work, { timeout: PATIENCE_MS });
  else setTimeout(work, PATIENCE_MS);
}
