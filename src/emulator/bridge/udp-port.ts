import { createSocket, type Socket } from 'node:dgram';
import { isIPv6 } from 'node:net';
import { checkedUfrag, type RemoteAddress } from './ice-lite.ts';
import { isStun } from './stun.ts';

/**
 * One UDP socket for everybody. A connectivity check finds its endpoint by ufrag; every other datagram by the
 * address that proved itself with such a check, so that a stranger's packets end here, unanswered.
 */
export interface UdpPort {
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
  send(datagram: Buffer, remote: RemoteAddress): void;
  close(): Promise<void>;
}

export interface DatagramReceiver {
  onCheck(datagram: Buffer, remote: RemoteAddress): void;
  onPacket(datagram: Buffer, remote: RemoteAddress): void;
}

/** Room for a key frame of each of a dozen participants: Linux' default of 208 KB drops packets in bursts. */
const SOCKET_BUFFER_BYTES = 1 << 20;

/** A check fits into one packet of Ethernet; reading attributes of a longer one would be work for a stranger. */
const MAX_CHECK_BYTES = 1500;

/** Opens the bridge's socket on a free port. Rejects when `host` is not an address of this machine. */
export async function openUdpPort(host: string): Promise<UdpPort> {
  const byUfrag = new Map<string, DatagramReceiver>();
  const byRemote = createAddressBook();
  const family = isIPv6(host) ? 6 : 4;
  const socket = createSocket({
    type: `udp${family}`,
    // Linux refuses this flag on an IPv4 socket.
    ipv6Only: family === 6,
    recvBufferSize: SOCKET_BUFFER_BYTES,
    sendBufferSize: SOCKET_BUFFER_BYTES,
    // We only ever send to addresses, never to names: skip the resolver that dgram asks for each packet.
    lookup: (address, _options, done) => done(null, address, family),
  });
  // ECONNREFUSED and the like, for a peer that is gone: UDP promises nothing, ICE notices.
  socket.on('error', () => {});
  socket.on('message', (datagram, remote) => {
    if (!isStun(datagram)) byRemote.find(remote)?.onPacket(datagram, remote);
    else if (datagram.length <= MAX_CHECK_BYTES)
      byUfrag.get(checkedUfrag(datagram) ?? '')?.onCheck(datagram, remote);
  });
  await listen(socket, host);
  const { address, port } = socket.address();
  let open = true;

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
      if (open) socket.send(datagram, remote.port, remote.address);
    },
    close() {
      if (!open) return Promise.resolve();
      open = false;
      return new Promise(resolve => socket.close(() => resolve()));
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

function listen(socket: Socket, host: string): Promise<void> {
  return new Promise((resolve, reject) => {
    socket.once('error', reject);
    socket.bind(0, host, () => {
      socket.off('error', reject);
      resolve();
    });
  });
}
