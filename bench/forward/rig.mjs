// A forwarder in a process of its own, and in this one who sends to it and counts what comes back.
import { createPeer, openSocket } from './peer.mjs';
import { startProcess } from './start-process.mjs';

/** What a browser's camera sends at most at a time; few enough to fit into any socket's buffer. */
const UNDER_WAY = 64;
const STALL_MS = 500;
const SSRC = 0x5eed;

/** Our bridge with one sender and `receivers` receivers, all connected. */
export async function openBridgeRig(folder, receivers) {
  const forwarder = startProcess(`${folder}/bridge.mjs`);
  const seats = await forwarder.ask('open', { receivers, ssrc: SSRC });
  const count = createCounter();
  const peers = await Promise.all(seats.map(seat => createPeer(seat, count.add)));
  const fingerprints = peers.map(peer => peer.fingerprint);
  await Promise.all([forwarder.ask('expect', { fingerprints }), ...peers.map(peer => peer.connect())]);
  let sequence = 0;
  return {
    run: packets =>
      load(forwarder, count, receivers, {
        // Sealed beforehand: what is measured is the forwarder.
        datagrams: Array.from({ length: packets }, () => peers[0].seal(cameraPacket(sequence++))),
        send: peers[0].send,
      }),
    close() {
      forwarder.stop();
      for (const peer of peers) peer.close();
    },
  };
}

/** The plain relay, with the same load. */
export async function openRelayRig(folder, receivers) {
  const forwarder = startProcess(`${folder}/relay.mjs`);
  const count = createCounter();
  const sockets = await Promise.all(Array.from({ length: receivers }, () => openSocket(count.add)));
  const sender = await openSocket();
  const { address, port } = await forwarder.ask('open', { targets: sockets.map(socket => socket.address()) });
  return {
    run: packets =>
      load(forwarder, count, receivers, {
        datagrams: Array.from({ length: packets }, (_, sequence) =>
          Buffer.concat([cameraPacket(sequence), Buffer.alloc(16)]),
        ),
        send: datagram => sender.send(datagram, port, address),
      }),
    close() {
      forwarder.stop();
      for (const socket of [sender, ...sockets]) socket.close();
    },
  };
}

/** Sends all, never more under way than fits; resolves to what arrived and what it cost the forwarder. */
async function load(forwarder, count, receivers, { datagrams, send }) {
  await forwarder.ask('start');
  const begun = performance.now();
  const arrived = await new Promise(resolve => {
    let sent = 0;
    let stalled;
    const end = () => {
      clearTimeout(stalled);
      count.tell(() => {});
      resolve(count.reset());
    };
    const pump = () => {
      stalled.refresh();
      while (sent < datagrams.length && sent * receivers - count.total < UNDER_WAY * receivers)
        send(datagrams[sent++]);
      if (count.total >= datagrams.length * receivers) end();
    };
    stalled = setTimeout(end, STALL_MS);
    count.tell(pump);
    pump();
  });
  const seconds = (performance.now() - begun) / 1000;
  const { cpuSeconds } = await forwarder.ask('stop');
  const lost = 1 - arrived / (datagrams.length * receivers);
  if (lost > 0.01) throw new Error(`${(lost * 100).toFixed(1)} % of the packets did not arrive`);
  return { perSecond: arrived / seconds, perCpuSecond: arrived / cpuSeconds, share: cpuSeconds / seconds };
}

function createCounter() {
  let total = 0;
  let listener = () => {};
  return {
    get total() {
      return total;
    },
    add() {
      total += 1;
      listener();
    },
    tell(next) {
      listener = next;
    },
    reset() {
      const counted = total;
      total = 0;
      return counted;
    },
  };
}

/** 1,100 bytes of VP8 in RTP: a key frame at the beginning, then one picture per packet (RFC 7741, 4.2 and 4.3). */
function cameraPacket(sequence) {
  const packet = Buffer.alloc(1100, 0x55);
  packet.writeUInt16BE(0x80e4, 0);
  packet.writeUInt16BE(sequence % 65_536, 2);
  packet.writeUInt32BE((sequence * 3000) % 2 ** 32, 4);
  packet.writeUInt32BE(SSRC, 8);
  // X and S; a 15-bit picture id; then the frame's own header, whose lowest bit is 0 in a key frame.
  packet.set([0x90, 0x80, 0x80 | ((sequence >> 8) & 0x7f), sequence & 0xff], 12);
  packet.set(sequence % 3000 === 0 ? [0x10, 0, 0, 0x9d, 0x01, 0x2a, 0x40, 0x01, 0xb4, 0] : [0x11, 0, 0], 16);
  return packet;
}
