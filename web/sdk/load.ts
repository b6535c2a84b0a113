import type { PageConfig } from '../config.ts';
import { createV4Sdk } from './adapter.ts';
import type { CallsSdk, JoinableSdk, SdkUser } from './types.ts';
import type { V4Calls } from './v4-types.ts';
import { createV5Sdk } from './v5.ts';

declare global {
  interface Window {
    CometChatCalls?: unknown;
  }
}

/** The vendor's object, as its script left it on `window`. */
export type LoadedSdk = (CallsSdk | V4Calls) & { readonly brand?: never };

const PATIENCE_MS = 60_000;

/**
 * Waits for the SDK, whose script the server put into the head so that it loads beside everything else. Rejects with
 * `SDK_NOT_LOADED`.
 */
export async function loadSdk({ sdk }: PageConfig, { document }: Window): Promise<LoadedSdk> {
  if (sdk.css) addStyle(document, sdk.css);
  const loaded = findSdk() ?? (await whenScriptRan(document, sdk.url).then(findSdk));
  if (!loaded) throw { code: 'SDK_NOT_LOADED' };
  return loaded;
}

/** The SDK for one join by `user`, in v5's words whatever its version. */
export function openSdk(loaded: LoadedSdk, { sdk }: PageConfig, user: SdkUser): JoinableSdk {
  return sdk.major < 5 ? createV4Sdk(loaded as V4Calls, user) : createV5Sdk(loaded as CallsSdk);
}

function findSdk(): LoadedSdk | null {
  const found = window.CometChatCalls as (LoadedSdk & { CometChatCalls?: LoadedSdk }) | undefined;
  return found?.CometChatCalls ?? found ?? null;
}

function addStyle(document: Document, href: string): void {
  const link = document.createElement('link');
  link.rel = 'stylesheet';
  link.href = href;
  document.head.append(link);
}

function whenScriptRan(document: Document, url: string): Promise<void> {
  const script = [...document.scripts].find(
    ({ attributes }) => attributes.getNamedItem('src')?.value === url,
  );
  return new Promise(resolve => {
    const done = () => resolve();
    script?.addEventListener('load', done);
    script?.addEventListener('error', done);
    // It may have failed before we listened; the window's own load event waits for it.
    if (document.readyState === 'complete') done();
    else window.addEventListener('load', done);
    setTimeout(done, PATIENCE_MS);
  });
}
