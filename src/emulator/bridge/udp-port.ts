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
  /** Hands checks addressed to `ufrag` to the receiver. Returns the undo. */
  register(ufrag: string, receiver: DatagramReceiver): () => void;
  /** From now on datagrams from `remote` belong to `receiver`. */
  bind(remote: RemoteAddress, receiver: DatagramReceiver): void;
  send(datagram: Buffer, remote: RemoteAddress): void;
  close(): Promise<void>;
}

export interface DatagramReceiver {
  onCheck(datagram: Buffer, remote: RemoteAddress): void;
  onPacket(datagram: Buffer, remote: RemoteAddress): void;
}

/** Room for a key frame of each of a dozen participants: Linux' default of 208 KB drops packets in bursts. */
const SOCKET_BUFFER_BYTES = 1 << 20;

/** Opens the bridge's socket on a free port. Rejects when `host` is not an address of this machine. */
export async function openUdpPort(host: string): Promise<UdpPort> {
  const byUfrag = new Map<string, DatagramReceiver>();
  const byRemote = new Map<string, Map<number, DatagramReceiver>>();
  const socket = createSocket({
    type: isIPv6(host) ? 'udp6' : 'udp4',
    // Linux refuses this flag on an IPv4 socket.
    ipv6Only: isIPv6(host),
    recvBufferSize: SOCKET_BUFFER_BYTES,
    sendBufferSize: SOCKET_BUFFER_BYTES,
    // We only ever send to addresses, never to names: skip the resolver that dgram asks for each packet.
    lookup: (address, _options, done) => done(null, address, isIPv6(address) ? 6 : 4),
  });
  // ECONNREFUSED and the like, for a peer that is gone: UDP promises nothing, ICE notices.
  socket.on('error', () => {});
  socket.on('message', (datagram, remote) => {
    if (isStun(datagram)) byUfrag.get(checkedUfrag(datagram) ?? '')?.onCheck(datagram, remote);
    else byRemote.get(remote.address)?.get(remote.port)?.onPacket(datagram, remote);
  });
  await listen(socket, host);
  const { address, port } = socket.address();
  let open = true;

  return {
    address,
    port,
    register(ufrag, receiver) {
      byUfrag.set(ufrag, receiver);
      return () => {
        byUfrag.delete(ufrag);
        for (const ports of byRemote.values())
          for (const [key, bound] of ports) if (bound === receiver) ports.delete(key);
      };
    },
    bind(remote, receiver) {
      const ports = byRemote.get(remote.address) ?? new Map<number, DatagramReceiver>();
      byRemote.set(remote.address, ports.set(remote.port, receiver));
    },
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

function listen(socket: Socket, host: string): Promise<void> {
  return new Promise((resolve, reject) => {
    socket.once('error', reject);
    socket.bind(0, host, () => {
      socket.off('error', reject);
      resolve();
    });
  });
}
