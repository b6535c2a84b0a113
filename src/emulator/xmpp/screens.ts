import type { CallClaims } from '../rest/tokens.ts';
import type { Room } from './room.ts';
import type { Client } from './session.ts';

/**
 * SDK v4 shares a screen over a second connection, which enters the room as "Alice(Screen)" and was dialled without a
 * token. But both name the same machine to the focus: an id of 32 random digits, kept by the browser and told to nobody
 * else. Who names the machine of an occupant may enter that occupant's room, as its screen.
 */
export interface Screens {
  /** Notes the machine that a client names in its conference request. */
  introduce(client: Client, machine: string): void;
  /** Lends a client without a token that of an occupant on its machine, if there is one in `room`. */
  lend(client: Client, room: Room | undefined): void;
}

/** Claims of a client that came without a token: they open no room. */
export const NOBODY: CallClaims = {
  id: '',
  sessionId: '',
  user: { uid: '', name: '', avatar: '' },
  authHash: '',
};

/** Shorter ones could be guessed. */
const MACHINE = /^\w{16,128}$/;
const SUFFIX = '/screen';

/** The id under which the screen sits that goes with the owner of a token. */
export const screenIdOf = (tokenId: string): string => tokenId + SUFFIX;

/** Whether this client is the screen that goes with `owner`. */
export function isScreenOf(client: Client, owner: Client): boolean {
  return client.claims.id === screenIdOf(owner.claims.id);
}

/** Whether this is somebody's shared screen, which is nobody by itself. */
export function isScreen(client: Client): boolean {
  return client.claims.id.endsWith(SUFFIX);
}

export function createScreens(): Screens {
  const machines = new WeakMap<Client, string>();
  return {
    introduce(client, machine) {
      if (MACHINE.test(machine)) machines.set(client, machine);
    },
    lend(client, room) {
      const machine = machines.get(client);
      if (client.claims.id !== '' || !room || machine === undefined) return;
      const clients = [...room.occupants.values()].map(occupant => occupant.client);
      // Two tabs of one profile name one machine: the one that has no screen yet.
      const owner = clients.find(
        owner =>
          machines.get(owner) === machine &&
          !isScreen(owner) &&
          !clients.some(other => isScreenOf(other, owner)),
      );
      if (owner) client.lend({ ...owner.claims, id: screenIdOf(owner.claims.id) });
    },
  };
}
