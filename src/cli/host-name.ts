import { isIP, isIPv6 } from 'node:net';
import { hostname, networkInterfaces } from 'node:os';
import type { CertifiedNames } from '../server/certificate.ts';

/** `--host` without a value: every address of the machine, IPv4 and, where there is any, IPv6. */
export const EVERYWHERE = '*';

const isWildcard = (host: string) => host === EVERYWHERE || host === '0.0.0.0' || host === '::';

/** What the machine is called, and its addresses but those that mean nothing to others. */
export interface Machine {
  readonly name: string;
  readonly addresses: readonly string[];
}

/** As the system knows itself now; a laptop that moves has other addresses in an hour. */
export function thisMachine(): Machine {
  const known = Object.values(networkInterfaces()).flatMap(all => all ?? []);
  // A link-local address needs its interface beside it, which no URL can have.
  const outward = known.filter(({ internal, address }) => !internal && !/^fe80:/i.test(address));
  return { name: hostname().toLowerCase(), addresses: outward.map(({ address }) => address) };
}

/** Whether `host` is heard on this machine only. */
export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127(\.\d+){3}$/.test(host);
}

/** How we are called in links: `localhost` where that leads here, for browsers trust it with camera and microphone. */
export function nameOf(host: string): string {
  if (isLoopback(host) || isWildcard(host)) return 'localhost';
  return isIPv6(host) ? `[${host}]` : host;
}

/** The machine's name on its network, and by multicast DNS (RFC 6762, 3); none where it has no name that DNS could carry. */
function namesOf({ name }: Machine): string[] {
  if (!/^[a-z0-9-]{1,63}(\.[a-z0-9-]{1,63})*$/.test(name) || isIP(name) || name === 'localhost') return [];
  const [first = ''] = name.split('.');
  return [...new Set([name, `${first}.local`])];
}

/** Names under which a host beyond loopback is reached: DNS cannot be rebound to an address that is typed in. */
export function ownNames(host: string, machine = thisMachine()): string[] {
  return isWildcard(host) ? [...machine.addresses, ...namesOf(machine)] : [host];
}

/**
 * Who a certificate for this machine is for. What SDK v4 dials is named by itself: few take a wildcard right below a
 * top-level name.
 */
export function certifiedNames(host: string, machine = thisMachine()): CertifiedNames {
  const named = isWildcard(host) || isIP(host) || isLoopback(host) ? [] : [host.toLowerCase()];
  return {
    dns: [...new Set(['localhost', 'xmpp.localhost', '*.localhost', ...namesOf(machine), ...named])],
    ip: [
      ...new Set([
        '127.0.0.1',
        '::1',
        ...machine.addresses,
        ...(isIP(host) && !isWildcard(host) ? [host] : []),
      ]),
    ],
  };
}
