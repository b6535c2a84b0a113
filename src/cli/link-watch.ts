import { type Machine, nameOf } from './host-name.ts';
import { findLanAddress } from './lan-address.ts';

/**
 * Looks after the address that links start with, given how a URL has it. Links that are out cannot be called back: so a note
 * is all there is, once for each address that the machine gets in its place. A name, or the address of a router, never goes.
 */
export function watchLinks(linkName: string, first: Machine, onNote: (note: string) => void) {
  const has = ({ addresses }: Machine) => addresses.some(address => nameOf(address) === linkName);
  const isOurs = has(first);
  let told: string | null = null;
  return async (machine: Machine): Promise<void> => {
    const isGone = isOurs && !has(machine);
    const address = isGone ? await findLanAddress(machine) : null;
    // Between two networks there is none: what the next one gives is worth waiting for.
    if (address !== null && address !== told)
      onNote(
        `This machine is now at ${address}, and links lead to ${linkName}; start meet serve again for links that work there.`,
      );
    told = isGone ? (address ?? told) : null;
  };
}
