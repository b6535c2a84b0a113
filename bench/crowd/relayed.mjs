// The same number of packets, through a relay that does nothing with them.
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { startProcess } from '../forward/start-process.mjs';
import { createStopwatch } from './stopwatch.mjs';

const RELAY = fileURLToPath(new URL('../forward/relay.mjs', import.meta.url));
const PACKET_BYTES = 600;
const TICK_MS = 20;

/** Sends what `held` counted, in as long, to as many receivers. */
export async function carryPackets({ packets, seconds, receivers }) {
  const stopwatch = createStopwatch();
  let arrived = 0;
  const sockets = await Promise.all(
    Array.from({ length: receivers }, async () => {
      const socket = createSocket('udp4', datagram => {
        arrived += 1;
        stopwatch.see('received', datagram.readUInt32BE(0));
      });
      socket.bind(0, '127.0.0.1');
      await once(socket, 'listening');
      return socket;
    }),
  );
  const relay = startProcess(RELAY);
  try {
    const { port } = await relay.ask('open', { targets: sockets.map(socket => socket.address()) });
    await relay.ask('start');
    await send(sockets[0], port, { count: packets / receivers, seconds, stopwatch });
    const { cpuSeconds } = await relay.ask('stop');
    return { packets: arrived, cpuSeconds, latency: stopwatch.percentiles() };
  } finally {
    relay.stop();
    for (const socket of sockets) socket.close();
  }
}

async function send(socket, port, { count, seconds, stopwatch }) {
  const begun = performance.now();
  for (let sent = 0; sent < count; ) {
    // What is due by now, in one go: people's packets come in little bursts too.
    const due = Math.min(count, ((performance.now() - begun) / (seconds * 1000)) * count);
    for (; sent < due; sent++) {
      const datagram = Buffer.alloc(PACKET_BYTES);
      datagram.writeUInt32BE(sent, 0);
      stopwatch.see('sent', sent);
      socket.send(datagram, port, '127.0.0.1');
    }
    await new Promise(resolve => setTimeout(resolve, TICK_MS));
  }
}
