// The floor: a UDP relay that looks at nothing.
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { createMeter, serve } from './serve.mjs';

serve({
  ...createMeter(),
  async open({ targets }) {
    // The same buffers and the same shortcut past the resolver as in the bridge's udp-port.ts.
    const socket = createSocket({
      type: 'udp4',
      recvBufferSize: 1 << 20,
      sendBufferSize: 1 << 20,
      lookup: (address, _options, done) => done(null, address, 4),
    });
    socket.on('message', datagram => {
      for (const { address, port } of targets) socket.send(datagram, port, address);
    });
    // Such a lookup answers at once, and so does the socket.
    const listening = once(socket, 'listening');
    socket.bind(0, '127.0.0.1');
    await listening;
    return socket.address();
  },
});
