import type { Page, Request, Route } from 'playwright-core';
import type { Prepare } from '../scene.ts';

/** The emulator that pages are led to. Its keys are secrets. */
export interface EmulatorAccess {
  /** Where the server is, like `http://localhost:4680`. */
  readonly origin: string;
  readonly appId: string;
  readonly apiKey: string;
}

/** All hosts of CometChat's cloud that the calls SDKs ask, of any app and region (SDK 4.2.6, 5.0.4). */
const CLOUD = /^https:\/\/[^./]+\.(?:call|api|apiclient)-[^./]+\.cometchat\.io(\/.*)$/i;
/** What the SDKs' login asks, v4's pages by themselves: `POST /v3.0/users/<uid>/auth_tokens`. */
const LOGIN = /^\/v3(?:\.0)?\/users\/([^/?]+)\/auth_tokens/;

/**
 * Leads what a page asks of CometChat's cloud to the emulator, inside the browser, so that an app with hard-wired cloud
 * hosts runs offline unchanged. `access` is asked once the server is there; `shim` is the built shim for SDK v4, whose
 * signalling has a host of its own. SDK v5 is told by the emulator's answers where to signal. Requests of a service worker
 * are not seen here.
 */
export function createEmulation(access: () => EmulatorAccess, shim: () => Promise<string>): Prepare {
  return async (page, fail) => {
    const emulator = access();
    const server = `window.__meetEmulator = ${JSON.stringify(emulator.origin)};`;
    await page.addInitScript(`${server}\n${await shim()}`);
    await allowLoopback(page);
    await leadRequests(page, emulator, fail);
  };
}

/**
 * The page's policy (CSP) names the cloud, and not this machine, to which signalling and media are led. And a page that is not of
 * this machine may open plain sockets to it, since loopback is no mixed content; but newer Chromiums
 * ask the user first, and nobody is there to answer. Playwright's own grants would take the camera away from the page.
 */
async function allowLoopback(page: Page): Promise<void> {
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('Page.setBypassCSP', { enabled: true });
  const { targetInfo } = await devtools.send('Target.getTargetInfo');
  const browserContextId = targetInfo.browserContextId ?? '';
  const grants = ['local-network-access', 'loopback-network'].map(name =>
    // An older one does not know the name, and does not ask.
    devtools
      .send('Browser.setPermission', { permission: { name }, setting: 'granted', browserContextId })
      .catch(() => {}),
  );
  // All of it ends with this DevTools session, which ends with the page.
  await Promise.all(grants);
}

async function leadRequests(
  page: Page,
  emulator: EmulatorAccess,
  fail: Parameters<Prepare>[1],
): Promise<void> {
  await page.route(CLOUD, async route => {
    // Playwright itself lets preflights pass, as our answers would; the page may be gone before it has its answer.
    await answer(route, emulator, () => fail(FOREIGN_TOKEN, 'token')).catch(() => {});
  });
}

const FOREIGN_TOKEN =
  "the page came with an auth token of CometChat's cloud, which the emulator cannot know: it was made by the app's own " +
  'server. Start that server with --serve, and let it ask COMETCHAT_REST_URL with COMETCHAT_API_KEY, or let the page log ' +
  'in with a uid';

async function answer(route: Route, emulator: EmulatorAccess, onForeignToken: () => void): Promise<void> {
  const request = route.request();
  const path = CLOUD.exec(request.url())?.[1] ?? '/';
  const uid = LOGIN.exec(path)?.[1];
  const response = await askFor(request, path, uid, emulator).catch(() => null);
  if (!response) return route.abort('connectionrefused');
  const body = Buffer.from(await response.arrayBuffer());
  if (response.status === 401 && isForeign(request.headers().authtoken)) onForeignToken();
  const { origin } = request.headers();
  await route.fulfill({
    status: response.status,
    headers: {
      'content-type': response.headers.get('content-type') ?? 'application/json',
      'access-control-allow-origin': origin ?? '*',
      ...(origin && { 'access-control-allow-credentials': 'true' }),
    },
    body,
  });
}

async function askFor(
  request: Request,
  path: string,
  uid: string | undefined,
  emulator: EmulatorAccess,
): Promise<Response> {
  const base = `${emulator.origin}/cometchat`;
  if (uid !== undefined) await ensureUser(base, decodeURIComponent(uid), emulator);
  return fetch(base + path, {
    method: request.method(),
    headers: rewriteHeaders(request.headers(), emulator),
    body: request.postDataBuffer(),
    redirect: 'manual',
  });
}

/** The app's users live in its cloud, so nobody here has heard of them; one that is there already stays. */
async function ensureUser(base: string, uid: string, { appId, apiKey }: EmulatorAccess): Promise<void> {
  await fetch(`${base}/v3/users`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', appId, apiKey },
    body: JSON.stringify({ uid, name: uid }),
  });
}

/** Of the connection, not of the request; or what only a browser may say to a server. */
const NOT_PASSED_ON = /^(host|connection|content-length|accept-encoding|origin|referer|cookie|sec-.*)$/;

/**
 * The app's id and keys become the emulator's here, in the request: were the emulator to take any key, its own refusals
 * could not be trusted any more, and a real key would travel further than it must. So a wrong key is not found this way.
 */
function rewriteHeaders(
  headers: Readonly<Record<string, string>>,
  { appId, apiKey }: EmulatorAccess,
): Record<string, string> {
  const passed = Object.entries(headers).filter(([name]) => !NOT_PASSED_ON.test(name));
  const own: Record<string, string> = { appid: appId, apikey: apiKey };
  return Object.fromEntries(passed.map(([name, value]) => [name, own[name] ?? value]));
}

/** The emulator's are JSON Web Tokens for itself; one that was withdrawn or has expired is still its own. */
function isForeign(token: string | undefined): boolean {
  if (!token) return false;
  try {
    const claims: unknown = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString());
    return (claims as { aud?: unknown }).aud !== 'emulator-auth';
  } catch {
    return true;
  }
}
