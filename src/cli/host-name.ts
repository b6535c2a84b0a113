import { isIPv6 } from 'node:net';
import { networkInterfaces } from 'node:os';

const isWildcard = (host: string) => host === '0.0.0.0' || host === '::';

/** Whether `host` is heard on this machine only. */
export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127(\.\d+){3}$/.test(host);
}

/** How we are called in links: `localhost` where that leads here, for browsers trust it with camera and microphone. */
export function nameOf(host: string): string {
  if (isLoopback(host) || isWildcard(host)) return 'localhost';
  return isIPv6(host) ? `[${host}]` : host;
}

/** Names under which a host beyond loopback is reached: DNS cannot be rebound to an address that is typed in. */
export function ownNames(host: string): string[] {
  if (!isWildcard(host)) return [host];
  return Object.values(networkInterfaces()).flatMap(all => all?.map(({ address }) => address) ?? []);
}
