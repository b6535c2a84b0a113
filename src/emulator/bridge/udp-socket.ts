import { createSocket, type Socket } from 'node:dgram';
import { isIPv6 } from 'node:net';

/** Room for a key frame of each of a dozen participants: Linux' default of 208 KB drops packets in bursts. */
const SOCKET_BUFFER_BYTES = 1 << 20;

/** Opens a UDP socket on one address of this machine, at `wanted` or, where that is taken, any free port. */
export async function openUdpSocket(host: string, wanted: number): Promise<Socket> {
  try {
    return await bind(host, wanted);
  } catch (error) {
    if (wanted === 0 || (error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error;
    return bind(host, 0);
  }
}

function bind(host: string, port: number): Promise<Socket> {
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
  return new Promise((resolve, reject) => {
    const fail = (error: Error) => {
      socket.close();
      reject(error);
    };
    socket.once('error', fail);
    socket.bind(port, host, () => {
      socket.off('error', fail);
      // ECONNREFUSED and the like, for a peer that is gone: UDP promises nothing, ICE notices.
      socket.on('error', () => {});
      resolve(socket);
    });
  });
}
