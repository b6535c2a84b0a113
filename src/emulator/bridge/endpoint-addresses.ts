import type { RemoteAddress } from './ice-lite.ts';
import type { DatagramReceiver, UdpPort } from './udp-port.ts';

/** The addresses one participant has proven, and the one it is sent to. */
export interface EndpointAddresses {
  readonly current: RemoteAddress | null;
  /** Notes the address of a valid check; `nominated` when the check chose it for media. */
  prove(address: RemoteAddress, nominated: boolean): void;
  clear(): void;
}

/** A laptop with Wi-Fi, cable, VPN and containers; beyond that the oldest is forgotten. */
const MAX_ADDRESSES = 8;

/**
 * Media goes where the participant last nominated. A browser checks every pair of addresses it knows, again and again,
 * but nominates in checks of the chosen one only; before its first nomination the last address it proved will do.
 */
export function createAddresses(port: UdpPort, receiver: DatagramReceiver): EndpointAddresses {
  const proven = new Map<string, RemoteAddress>();
  let current: RemoteAddress | null = null;
  let chosen = false;

  return {
    get current() {
      return current;
    },
    prove({ address, port: number, via }, nominated) {
      const known = { address, port: number, ...(via !== undefined && { via }) };
      const key = `${address} ${number}`;
      // To the end of the line: what is in use is never the oldest.
      proven.delete(key);
      proven.set(key, known);
      port.bind(known, receiver);
      if (nominated || !chosen) current = known;
      chosen ||= nominated;
      for (const [oldest, gone] of proven) {
        if (proven.size <= MAX_ADDRESSES) break;
        proven.delete(oldest);
        port.unbind(gone, receiver);
      }
    },
    clear() {
      for (const address of proven.values()) port.unbind(address, receiver);
      proven.clear();
      current = null;
    },
  };
}
