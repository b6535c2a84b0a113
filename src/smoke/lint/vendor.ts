import type { PersonFacts, RequestFact } from './facts.ts';

/** CometChat's own, by name. */
const CLOUD = /(^|\.)cometchat\.(io|com)$/i;
/** What the SDKs ask, wherever it is served: the emulator shares its host with our page. */
const VENDOR_PATH =
  /\/v3(\.0)?\/(call_tokens|me$|users\/|user_sessions)|\/(xmpp-websocket|colibri-ws)\b|\/calls\/ping$/;
const FILE = /\.(m?js|css|html?|json|map|svg|png|jpe?g|gif|webp|ico|woff2?|ttf|wasm|mp3|tflite|txt)$/i;

/** Whether a request is CometChat's to answer: its cloud, or the emulator in its place. */
export function isVendors(url: string): boolean {
  const { hostname, pathname } = new URL(url);
  return CLOUD.test(hostname) || VENDOR_PATH.test(pathname);
}

/** This machine by its usual names; a subdomain of localhost stands for somebody's host. */
const THIS_MACHINE = /^(localhost|127\.[\d.]+|\[::1\])$/;

/** Whether a URL belongs to the page's own side: the same host on any port, or a sister below one domain. */
export function isOwn(url: string, origin: string): boolean {
  const [host, own] = [hostOf(url), hostOf(origin)];
  if (host === own || (THIS_MACHINE.test(host) && THIS_MACHINE.test(own))) return true;
  return siteOf(host).includes('.') && siteOf(host) === siteOf(own);
}

export function isFile(url: string): boolean {
  return FILE.test(new URL(url).pathname);
}

/** `POST call_tokens`: a call token is asked for. */
export function asksForToken({ method, url }: RequestFact): boolean {
  return method === 'POST' && isCallTokens(url);
}

/** `GET call_tokens`: the SDK joins with a call token. */
export function joins({ method, url, callToken }: RequestFact): boolean {
  return method === 'GET' && isCallTokens(url) && callToken !== null;
}

function isCallTokens(url: string): boolean {
  return /\/call_tokens$/.test(new URL(url).pathname);
}

/** The first request that needs a call token, or gets one; undefined where nobody came so far. */
export function firstTokenRequest({ requests }: PersonFacts): RequestFact | undefined {
  return requests.find(request => asksForToken(request) || joins(request));
}

/** The token that a signalling socket was opened with; null where it is none, or came without one. */
export function socketToken(url: string): string | null {
  const { pathname, searchParams } = new URL(url);
  return /\/xmpp-websocket$/.test(pathname) ? searchParams.get('token') : null;
}

function hostOf(url: string): string {
  try {
    return new URL(url).hostname;
  } catch {
    return '';
  }
}

/** The last two labels. Addresses have no site. */
function siteOf(host: string): string {
  return /^[\d.]+$|:/.test(host) ? '' : host.split('.').slice(-2).join('.');
}
