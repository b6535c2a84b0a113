import type { IncomingHttpHeaders } from 'node:http';
import { HttpRefusal } from './refusal.ts';

/**
 * Names that a page may reach us under. Without this a page of any site could rebind its own DNS name to 127.0.0.1
 * and talk to us as same-origin.
 */
export interface HostPolicy {
  /** Throws `BAD_HOST` (421) for a name that is not ours. */
  checkHost(headers: IncomingHttpHeaders): void;
  /** Throws `BAD_ORIGIN` (403) for a request that another site's page makes. */
  checkOrigin(headers: IncomingHttpHeaders): void;
  /** The origin under which the sender of these headers sees us, without a trailing slash. */
  originOf(headers: IncomingHttpHeaders): string;
}

const LOOPBACK = ['localhost', '127.0.0.1', '[::1]'];

/** `baseUrl`: where links point. `allowed`: more host names. */
export function createHostPolicy(options: {
  readonly baseUrl: string;
  readonly allowed: readonly string[];
}): HostPolicy {
  const base = new URL(options.baseUrl);
  const names = new Set([...LOOPBACK, ...options.allowed.map(name => hostname(bracketed(name)) ?? name)]);

  const isOurs = (host: string | undefined): host is string => {
    const name = host === undefined ? null : hostname(host);
    if (name === null) return false;
    return names.has(name) || name.endsWith('.localhost') || name === base.hostname;
  };

  const originOf = ({ host = '' }: IncomingHttpHeaders): string => {
    // Behind a proxy that ends TLS only the base URL knows that the page sees https.
    return host.toLowerCase() === base.host ? base.origin : new URL(`http://${host}`).origin;
  };

  return {
    originOf,
    checkHost({ host }) {
      if (isOurs(host)) return;
      throw new HttpRefusal(
        'BAD_HOST',
        'This server does not answer to that host name; use localhost, or name it in MEET_URL or MEET_ALLOWED_HOSTS.',
      );
    },
    checkOrigin(headers) {
      // Only browsers send it, and always with POST; without it nobody's page is behind the request.
      if (headers.origin === undefined || headers.origin === originOf(headers)) return;
      throw new HttpRefusal(
        'BAD_ORIGIN',
        "Another site's page may not use this API; open the meeting's own page.",
      );
    },
  };
}

/** The lower-case name in a `Host` header, without its port; null where it is none. */
function hostname(host: string): string | null {
  // A URL's parser would skip user names and paths that do not belong in a Host header.
  if (!/^(\[[0-9a-f:.]+\]|[a-z0-9._-]+)(:\d{1,5})?$/i.test(host) || !URL.canParse(`http://${host}`))
    return null;
  return new URL(`http://${host}`).hostname.replace(/\.$/, '');
}

/** IPv6 addresses of network interfaces come without the brackets that a `Host` header has. */
function bracketed(name: string): string {
  return name.includes(':') && !name.startsWith('[') ? `[${name}]` : name;
}
