import type { IncomingHttpHeaders } from 'node:http';
import { createNewest } from '../core/newest.ts';
import { createOriginPolicy, type OriginPolicy } from './origins.ts';
import { HttpRefusal } from './refusal.ts';
import { isKnownEncrypted } from './remote.ts';

/**
 * Names that a page may reach us under. Without this a page of any site could rebind its own DNS name to 127.0.0.1
 * and talk to us as same-origin.
 */
export interface HostPolicy {
  /** Throws `BAD_HOST` (421) for a name that is not ours. */
  checkHost(headers: IncomingHttpHeaders): void;
  /** Throws `BAD_ORIGIN` (403) for a request that another site's page makes. */
  checkOrigin(headers: IncomingHttpHeaders): void;
  /** For the emulator, which users' own apps ask too. Throws `BAD_ORIGIN` (403) unless the page is ours or of `apps`. */
  checkAppOrigin(headers: IncomingHttpHeaders): void;
  /**
   * The origin under which the sender of these headers sees us, without a trailing slash. `encrypted`: the request came
   * over our own TLS.
   */
  originOf(headers: IncomingHttpHeaders, encrypted?: boolean): string;
}

const LOOPBACK = ['localhost', '127.0.0.1', '[::1]'];

export interface HostOptions {
  /** Where links point. */
  readonly baseUrl: string;
  /** More host names; the proxy that ends TLS for an https base URL does so for them too. */
  readonly allowed: readonly string[];
  /** More host names and addresses under which this very process is reached, so over plain http. */
  readonly direct?: () => readonly string[];
  /** This very process takes https too, on the same port. */
  readonly tls?: boolean;
  /** Whose pages may use the emulator; those of this machine by default. */
  readonly apps?: OriginPolicy;
}

/** The policy for a server that is called by these names and by those of loopback. */
export function createHostPolicy(options: HostOptions): HostPolicy {
  const { baseUrl, allowed, direct = () => [], tls = false, apps = createOriginPolicy([]) } = options;
  const base = new URL(baseUrl);
  const clean = (list: readonly string[]) => list.map(name => hostname(bracketed(name)) ?? name);
  const proxied = new Set([base.hostname, ...clean(allowed)]);
  // Asked each time: a laptop that changes networks has other addresses.
  const isPlain = (name: string) =>
    LOOPBACK.includes(name) || name.endsWith('.localhost') || clean(direct()).includes(name);

  const isOurs = (host: string | undefined): host is string => {
    const name = host === undefined ? null : hostname(host);
    if (name === null) return false;
    return isPlain(name) || proxied.has(name);
  };

  // Behind a proxy that ends TLS only the base URL knows that the page sees https. URLs drop a default port.
  const originsOf = (host: string): readonly [string, ...string[]] => {
    if (originAt(base.protocol, host) === base.origin) return [base.origin];
    const http = originAt('http:', host);
    const secure = base.protocol === 'https:' && !isPlain(hostname(host) ?? '');
    return secure ? [originAt('https:', host), http] : [http];
  };

  const originOf = ({ host = '', origin }: IncomingHttpHeaders, encrypted = false): string => {
    if (encrypted) return originAt('https:', host);
    const origins = originsOf(host);
    return origins.find(each => each === origin) ?? origins[0];
  };

  // Only browsers send an origin, and always with POST; without it nobody's page is behind the request.
  const isOwn = (headers: IncomingHttpHeaders) =>
    headers.origin === undefined ||
    [false, tls || isKnownEncrypted(headers)].some(way => originOf(headers, way) === headers.origin);

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
      if (isOwn(headers)) return;
      throw new HttpRefusal(
        'BAD_ORIGIN',
        "Another site's page may not use this API; open the meeting's own page.",
      );
    },
    checkAppOrigin(headers) {
      if (isOwn(headers) || apps.allows(headers.origin ?? '')) return;
      throw new HttpRefusal(
        'BAD_ORIGIN',
        'Pages of that origin may not use the emulator; serve them from localhost, or name it in MEET_ALLOWED_ORIGINS.',
      );
    },
  };
}

/** Clients say few, and all of them with every request. */
const names = createNewest<{ readonly name: string | null }>(100);

const origins = createNewest<string>(100);

/** Of a `Host` header that was checked; without a default port. */
function originAt(protocol: string, host: string): string {
  const url = `${protocol}//${host}`;
  const known = origins.get(url);
  if (known !== undefined) return known;
  const { origin } = new URL(url);
  origins.set(url, origin);
  return origin;
}

/** The lower-case name in a `Host` header, without its port; null where it is none. */
function hostname(host: string): string | null {
  const known = names.get(host);
  if (known) return known.name;
  const name = readHostname(host);
  names.set(host, { name });
  return name;
}

function readHostname(host: string): string | null {
  // A URL's parser would skip user names and paths that do not belong in a Host header.
  if (!/^(\[[0-9a-f:.]+\]|[a-z0-9._-]+)(:\d{1,5})?$/i.test(host) || !URL.canParse(`http://${host}`))
    return null;
  return new URL(`http://${host}`).hostname.replace(/\.$/, '');
}

/** IPv6 addresses of network interfaces come without the brackets that a `Host` header has. */
function bracketed(name: string): string {
  return name.includes(':') && !name.startsWith('[') ? `[${name}]` : name;
}
