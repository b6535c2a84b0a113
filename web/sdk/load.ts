import type { PageConfig } from '../config.ts';
import { createV4Sdk } from './adapter.ts';
import { untilQuiet } from './quiet.ts';
import type { CallsSdk, JoinableSdk, SdkUser } from './types.ts';
import { keepToOurselves } from './v4-foreign.ts';
import type { V4Calls } from './v4-types.ts';
import { createV5Sdk } from './v5.ts';

declare global {
  interface Window {
    CometChatCalls?: unknown;
  }
}

/** The vendor's object, as its script left it on `window`. */
export type LoadedSdk = (CallsSdk | V4Calls) & { readonly brand?: never };

/** The SDK's script, which the server lets the browser fetch at once. */
export interface SdkLoader {
  /** Runs it now, unless it has run; again where it did not come at all. Rejects with `SDK_NOT_LOADED`. */
  load(): Promise<LoadedSdk>;
  /** Runs it when it is there and nobody is disturbed: it keeps the page busy for a quarter to a whole second. */
  loadWhenQuiet(): Promise<void>;
}

const PATIENCE_MS = 60_000;

export function createSdkLoader({ sdk, backend }: PageConfig, { document }: Window): SdkLoader {
  let loading: Promise<LoadedSdk> | null = null;
  const load = () => {
    loading ??= runSdk(sdk, document, backend === 'emulator', () => {
      loading = null;
    });
    return loading;
  };
  return {
    load,
    async loadWhenQuiet() {
      await untilQuiet(untilFetched(sdk.url, document));
      // Its failure is told when somebody joins, not before.
      await load().catch(() => {});
    },
  };
}

async function runSdk(
  { url, css, major }: PageConfig['sdk'],
  document: Document,
  offline: boolean,
  missing: () => void,
): Promise<LoadedSdk> {
  if (css) addStyle(document, css);
  const end = major === 4 ? keepToOurselves(document, offline) : () => {};
  await runScript(document, url, missing);
  end();
  const found = findSdk();
  if (!found) throw { code: 'SDK_NOT_LOADED' };
  return found;
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

/** `missing`: it will not run any more. One that is merely slow still may, and a second one beside it would make two SDKs. */
function runScript(document: Document, url: string, missing: () => void): Promise<void> {
  const script = document.createElement('script');
  script.src = url;
  return new Promise(resolve => {
    const done = () => resolve();
    script.addEventListener('load', done);
    script.addEventListener('error', missing);
    script.addEventListener('error', done);
    setTimeout(done, PATIENCE_MS);
    document.head.append(script);
  });
}

/** Resolves once the preload that stands in the head is through, well or not. */
function untilFetched(url: string, document: Document): Promise<void> {
  const preload = document.querySelector(`link[rel="preload"][href="${CSS.escape(url)}"]`);
  if (!preload || performance.getEntriesByName(new URL(url, document.baseURI).href).length > 0)
    return Promise.resolve();
  return new Promise(resolve => {
    const done = () => resolve();
    preload.addEventListener('load', done);
    preload.addEventListener('error', done);
  });
}
