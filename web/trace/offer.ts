import type { PageLink } from '../link.ts';
import { texts } from '../texts.ts';
import type { DrawerOptions } from './drawer.ts';

/** Where this script came from: the drawer's lies beside it, under an address that changes with their content. */
const HERE = document.currentScript instanceof HTMLScriptElement ? document.currentScript.src : null;

/**
 * Offers whoever is in the call a look at what happens in it. Loaded only now, so that no join waits for it; where it
 * cannot be loaded the call goes on without. Returns what takes it away again.
 */
export function offerTrace({ sessionId, key }: PageLink, token: string): () => void {
  const over = new AbortController();
  if (HERE) {
    const loading = import(new URL('trace.js', HERE).href) as Promise<{ mountDrawer: MountDrawer }>;
    loading
      .then(({ mountDrawer }) =>
        mountDrawer({ sessionId, key, token, over: over.signal, texts: texts.trace }),
      )
      .catch(() => {});
  }
  return () => over.abort();
}

type MountDrawer = (options: DrawerOptions) => void;
