import type { Socket } from 'node:dgram';
import { checkedUfrag, type RemoteAddress } from './ice-lite.ts';
import { isStun } from './stun.ts';
import { openUdpSocket } from './udp-socket.ts';

/**
 * One UDP port for everybody, with a socket for each of our addresses that it listens on. A connectivity check finds its endpoint by ufrag; every other datagram by the
 * address that proved itself with such a check, so that a stranger's packets end here, unanswered.
 */
export interface UdpPort {
  /** The first address it listens on. */
  readonly address: string;
  readonly port: number;
  /** How many ufrags and addresses are known: none when every endpoint is closed. */
  readonly entries: number;
  /** Hands checks addressed to `ufrag` to the receiver. Returns the undo. */
  register(ufrag: string, receiver: DatagramReceiver): () => void;
  /** From now on datagrams from `remote` belong to `receiver`. */
  bind(remote: RemoteAddress, receiver: DatagramReceiver): void;
  /** Undoes that, unless the address is somebody else's by now. */
  unbind(remote: RemoteAddress, receiver: DatagramReceiver): void;
  /** From the address that the remote one was heard on. */
  send(datagram: Buffer, remote: RemoteAddress): void;
  /** Listens on another address of this machine too; under another number where this one is taken there. */
  listenOn(address: string): Promise<void>;
  /** Where it listens on that address; null where it does not. */
  placeOn(address: string): { readonly address: string; readonly port: number } | null;
  close(): Promise<void>;
}

export interface DatagramReceiver {
  onCheck(datagram: Buffer, remote: RemoteAddress): void;
  onPacket(datagram: Buffer, remote: RemoteAddress): void;
}

/** A check fits into one packet of Ethernet; reading attributes of a longer one would be work for a stranger. */
const MAX_CHECK_BYTES = 1500;

/** Opens the bridge's port: `wanted`, or any where that is taken. Rejects when `host` is not an address of this machine. */
export async function openUdpPort(host: string, wanted = 0): Promise<UdpPort> {
  const byUfrag = new Map<string, DatagramReceiver>();
  const byRemote = createAddressBook();
  const sockets = new Map<string, Socket>();
  const opening = new Map<string, Promise<Socket>>();
  let open = true;

  const hear = (socket: Socket, via: string) => {
    socket.on('message', (datagram, remote) => {
      if (!isStun(datagram)) byRemote.find(remote)?.onPacket(datagram, remote);
      else if (datagram.length <= MAX_CHECK_BYTES) {
        const { address, port } = remote;
        byUfrag.get(checkedUfrag(datagram) ?? '')?.onCheck(datagram, { address, port, via });
      }
    });
  };
  const start = async (address: string, port: number): Promise<Socket> => {
    const socket = await openUdpSocket(address, port);
    if (!open) socket.close();
    else sockets.set(address, socket);
    hear(socket, address);
    return socket;
  };
  const main = await start(host, wanted);
  const { address, port } = main.address();

  return {
    address,
    port,
    get entries() {
      return byUfrag.size + byRemote.size;
    },
    register(ufrag, receiver) {
      byUfrag.set(ufrag, receiver);
      return () => byUfrag.delete(ufrag);
    },
    bind: byRemote.add,
    unbind: byRemote.remove,
    send(datagram, remote) {
      const socket = remote.via === undefined ? main : sockets.get(remote.via);
      if (open) socket?.send(datagram, remote.port, remote.address);
    },
    async listenOn(other) {
      if (sockets.has(other)) return;
      const started = opening.get(other) ?? start(other, port).finally(() => opening.delete(other));
      opening.set(other, started);
      await started;
    },
    placeOn(other) {
      const socket = sockets.get(other);
      return socket ? { address: other, port: socket.address().port } : null;
    },
    async close() {
      if (!open) return;
      open = false;
      await Promise.allSettled(opening.values());
      await Promise.all([...sockets.values()].map(socket => new Promise<void>(done => socket.close(done))));
    },
  };
}

/** Receivers by address, then port: joining both into one key would cost each packet a string. */
function createAddressBook() {
  const ports = new Map<string, Map<number, DatagramReceiver>>();
  let size = 0;
  return {
    get size() {
      return size;
    },
    find: ({ address, port }: RemoteAddress) => ports.get(address)?.get(port),
    add({ address, port }: RemoteAddress, receiver: DatagramReceiver) {
      const known = ports.get(address) ?? new Map<number, DatagramReceiver>();
      if (!known.has(port)) size += 1;
      ports.set(address, known.set(port, receiver));
    },
    remove({ address, port }: RemoteAddress, receiver: DatagramReceiver) {
      const known = ports.get(address);
      if (known?.get(port) !== receiver) return;
      size -= 1;
      known.delete(port);
      if (known.size === 0) ports.delete(address);
    },
  };
}
