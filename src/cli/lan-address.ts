import { createSocket } from 'node:dgram';
import { isIPv4 } from 'node:net';
import { type Machine, nameOf, thisMachine } from './host-name.ts';

/** For documentation only (RFC 5737): nobody has it, and connecting a UDP socket sends nothing. */
const FAR_AWAY = '203.0.113.1';

/**
 * The address under which others on the network most likely reach this machine: the one it would itself go out with, which
 * leaves out those of containers and VPNs. Without a way out the first one; null without any.
 */
export async function findLanAddress(machine: Machine = thisMachine()): Promise<string | null> {
  const outward = await outwardAddress();
  if (outward !== null && machine.addresses.includes(outward)) return outward;
  return machine.addresses.find(isIPv4) ?? machine.addresses[0] ?? null;
}

/**
 * How others on the network call us in links: by the name or address that was asked for, else by the machine's best address.
 * `localhost` where it has none.
 */
export async function lanNameOf(host: string): Promise<string> {
  const name = nameOf(host);
  const address = name === 'localhost' ? await findLanAddress() : null;
  return address === null ? name : nameOf(address);
}

function outwardAddress(): Promise<string | null> {
  const socket = createSocket('udp4');
  return new Promise(resolve => {
    const answer = (address: string | null) => {
      socket.close();
      resolve(address);
    };
    socket.once('error', () => answer(null));
    socket.connect(9, FAR_AWAY, () => answer(socket.address().address));
  });
}
