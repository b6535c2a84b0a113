import ipaddr from 'ipaddr.js';
import { MeetError } from '../core/errors.ts';
import { createNewest } from '../core/newest.ts';

type Address = ipaddr.IPv4 | ipaddr.IPv6;
type Network = [Address, number];

/** Whether an address lies in one of some networks; what is no address lies in none. */
export type Contains = (address: string) => boolean;

/** One address as a network of its own, others with a prefix: `10.0.0.0/8`. Null for anything else, and for all there are. */
function parseNetwork(text: string): Network | null {
  // The library also reads `127.1` and octal numbers, which people and programs take for different addresses.
  const isPlain = text.includes(':') || /^(\d{1,3}\.){3}\d{1,3}(\/\d{1,2})?$/.test(text);
  try {
    if (!isPlain) return null;
    if (text.includes('/')) {
      const network = ipaddr.parseCIDR(text);
      return network[1] > 0 ? network : null;
    }
    const address = ipaddr.process(text);
    return [address, address.kind() === 'ipv4' ? 32 : 128];
  } catch {
    return null;
  }
}

/** `setting` is named in the error. Throws `BAD_CONFIG` for what is no address and no network, or is everybody's. */
export function parseNetworks(list: readonly string[], setting: string): Contains {
  const networks = list.map(entry => {
    const network = parseNetwork(entry.trim());
    if (network) return network;
    throw new MeetError(
      'BAD_CONFIG',
      `${setting} has ${JSON.stringify(entry.trim())}; write addresses like 10.0.0.7 or networks like 10.0.0.0/8, with commas.`,
    );
  });
  return text => {
    const address = readAddress(text);
    return address !== null && networks.some(network => isIn(address, network));
  };
}

function isIn(address: Address, [base, bits]: Network): boolean {
  return address.kind() === base.kind() && address.match(base, bits);
}

/** An address as sockets and proxies write it, some with a port; an IPv4 one in IPv6 is taken out. Null for anything else. */
export function readAddress(text: string): Address | null {
  const bare = text
    .trim()
    .replace(/^\[(.*)\](:\d+)?$/, '$1')
    .replace(/^([\d.]+):\d+$/, '$1');
  if (!bare.includes(':') && !/^(\d{1,3}\.){3}\d{1,3}$/.test(bare)) return null;
  return ipaddr.isValid(bare) ? ipaddr.process(bare) : null;
}

/** Visitors ask several times each, and every request asks here twice. */
const networks = createNewest<string>(1_000);
const LONGEST_ADDRESS = 64;

/**
 * What counts as one visitor's address: of IPv6 the network, since whoever has one has 2^64 addresses in it to come from.
 */
export function visitorNetwork(text: string | undefined): string {
  if (text === undefined || text.length > LONGEST_ADDRESS) return 'unknown';
  const known = networks.get(text);
  if (known !== undefined) return known;
  const network = networkOf(text);
  networks.set(text, network);
  return network;
}

function networkOf(text: string): string {
  const address = readAddress(text);
  if (!address) return 'unknown';
  if (address.kind() === 'ipv4') return address.toString();
  return `${(address as ipaddr.IPv6).parts
    .slice(0, 4)
    .map(part => part.toString(16))
    .join(':')}::/64`;
}
