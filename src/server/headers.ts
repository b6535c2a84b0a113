import { IncomingMessage, ServerResponse } from 'node:http';
import { Socket } from 'node:net';
import helmet from 'helmet';

export interface HeaderOptions {
  /** SDK 4 builds functions from strings while it starts: `JitsiMeetJS is not defined` without `unsafe-eval`. */
  readonly sdkMajor: number;
  readonly emulatorOn: boolean;
  /** More places that the SDK connects to: dedicated hosts instead of CometChat's cloud. */
  readonly apiOrigins: readonly string[];
  readonly https: boolean;
}

const CLOUD = ['https://*.cometchat.io', 'wss://*.cometchat.io'];
/** Where SDK 4 has what blurs backgrounds; with the emulator the page keeps it from asking. */
const CDN = 'https://cdn.cometchat.io';

/** The page's Content-Security-Policy. `origin` is where the browser sees us, like `http://localhost:4680`. */
export function pagePolicy(options: HeaderOptions, origin: string): string {
  const cloud = options.emulatorOn ? [] : [...CLOUD, ...options.apiOrigins];
  // Named besides 'self', which older Safari does not stretch to WebSockets.
  const sockets = options.emulatorOn ? [origin.replace(/^http/, 'ws')] : [];
  const directives: Record<string, readonly string[]> = {
    'default-src': ["'none'"],
    'script-src': [
      "'self'",
      ...(options.sdkMajor === 4 ? ["'unsafe-eval'"] : []),
      ...(options.sdkMajor === 4 && !options.emulatorOn ? [CDN] : []),
    ],
    // The SDK draws with <style> elements and style attributes of its own.
    'style-src': ["'self'", "'unsafe-inline'"],
    'font-src': ["'self'", 'data:'],
    'img-src': ["'self'", 'blob:', 'data:', ...cloud.filter(source => source.startsWith('https:'))],
    'media-src': ["'self'", 'blob:', 'data:'],
    'connect-src': ["'self'", ...sockets, ...cloud],
    'worker-src': ["'self'", 'blob:'],
    'base-uri': ["'none'"],
    'form-action': ["'none'"],
    'frame-ancestors': ["'none'"],
  };
  return Object.entries(directives)
    .map(([name, sources]) => `${name} ${sources.join(' ')}`)
    .join('; ');
}

/** The home page's: our own script, our own style sheet, our own API, and no markup made of strings. */
export const HOME_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
  "trusted-types 'none'",
].join('; ');

/** It has no call, and so no use for what a call needs. */
export const HOME_PERMISSIONS =
  'camera=(), microphone=(), display-capture=(), autoplay=(), speaker-selection=(), geolocation=(), clipboard-read=(), clipboard-write=(self)';

/** For everything but the page: nothing in an answer is a document. */
const CLOSED_POLICY = "default-src 'none'; frame-ancestors 'none'";

/** Camera, microphone and screen for the page itself, for no frame in it. */
export const PERMISSIONS =
  'camera=(self), microphone=(self), display-capture=(self), autoplay=(self), speaker-selection=(self), geolocation=()';

/**
 * What every answer says, whatever it is; routes with documents say otherwise where they do. As helmet knows it, which is
 * asked once: it would say the same of every request.
 */
export function fixedHeaders({ https }: Pick<HeaderOptions, 'https'>): Record<string, string> {
  const response = new ServerResponse(new IncomingMessage(new Socket()));
  helmet({
    // Ours, by request.
    contentSecurityPolicy: false,
    // Links carry keys; no other site learns where its visitor came from.
    referrerPolicy: { policy: 'no-referrer' },
    // On plain http it would lock a developer out of localhost.
    strictTransportSecurity: https ? { maxAge: 31_536_000, includeSubDomains: false } : false,
    xFrameOptions: { action: 'deny' },
  })(response.req, response, () => {});
  return { ...(response.getHeaders() as Record<string, string>), 'content-security-policy': CLOSED_POLICY };
}
