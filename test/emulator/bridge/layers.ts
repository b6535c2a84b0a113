import { createReceiver, type Receiver } from '../../../src/emulator/bridge/receiver.ts';
import { createRtpView, readRtp } from '../../../src/emulator/bridge/rtp-packet.ts';
import { createSender, type Sender } from '../../../src/emulator/bridge/sender.ts';
import { createVp8View, readVp8 } from '../../../src/emulator/bridge/vp8.ts';
import { rtpPacket, vp8Payload } from './media.ts';

const FRAME_TICKS = 3_000;
const HEIGHTS = [180, 360, 720];

/** The sources of a camera's layers, and of their retransmissions. */
export const LAYERS = [10, 11, 12] as const;
export const REPEATS = [20, 21, 22] as const;

/** A camera with three simulcast layers, of which each has numbers that begin anywhere. */
export function createCamera(announce: Sender, offsets: readonly number[] = [100, 40_000, 65_530]) {
  for (const [layer, ssrc] of LAYERS.entries()) {
    const place = { media: 'video', announced: LAYERS[0], layer, name: 'alice-v0' } as const;
    announce.add({ ...place, ssrc, repeats: null });
    announce.add({ ...place, ssrc: REPEATS[layer] ?? 0, repeats: ssrc });
  }
  const sent = [0, 0, 0];
  const pictures = [0, 0, 0];
  let frame = 0;
  return {
    /** The packets of the next frame, of each layer that is switched on `packets`. */
    capture(key: boolean, packets = 2, on: readonly number[] = [0, 1, 2]): Buffer[][] {
      frame += 1;
      return LAYERS.map((ssrc, layer) =>
        Array.from({ length: on.includes(layer) ? packets : 0 }, (_, i) => {
          const offset = offsets[layer] ?? 0;
          const content = Buffer.from(JSON.stringify({ layer, frame, key, part: i }));
          const picture = offset + (pictures[layer] ?? 0);
          const numbers = { pictureId: picture, tl0: picture, height: HEIGHTS[layer] ?? 0 };
          if (i === packets - 1) pictures[layer] = (pictures[layer] ?? 0) + 1;
          const sequence = offset + (sent[layer] ?? 0);
          sent[layer] = (sent[layer] ?? 0) + 1;
          return rtpPacket({
            ...{ ssrc, sequence, timestamp: offset * 7 + frame * FRAME_TICKS, marker: i === packets - 1 },
            payload: vp8Payload({ begins: i === 0, key, content, ...numbers }),
          });
        }),
      );
    },
  };
}

/** A packet as the receiver's decoder sees it. */
export interface Seen {
  readonly ssrc: number;
  readonly payloadType: number;
  readonly sequence: number;
  readonly timestamp: number;
  readonly pictureId: number;
  readonly tl0: number;
  readonly layer: number;
  readonly frame: number;
  readonly key: boolean;
  readonly part: number;
}

/**
 * One sender and one receiver, with nothing between them but the bridge, at a time that the test sets. Unless it
 * `decodes`, the receiver remembers no packets.
 */
export function createPair({ decodes = true } = {}) {
  const clock = { nowMs: 1_000 };
  const seen: Seen[] = [];
  const repeated: Buffer[] = [];
  const toSender: Buffer[] = [];
  const toReceiver: Buffer[] = [];
  const forwarded: Array<readonly string[]> = [];
  const receiver: Receiver = createReceiver({
    port: {
      sendMedia(packet) {
        const read = decodes ? readSeen(packet) : null;
        if (read) seen.push(read);
        else repeated.push(Buffer.from(packet));
      },
      sendRtcp: compound => toReceiver.push(compound),
    },
    onForwarded: names => forwarded.push(names),
    onTarget(track) {
      for (const layer of track.layers) layer.wanted = true;
    },
  });
  const sender = createSender({
    reporter: 1,
    now: () => clock.nowMs,
    sendRtcp: compound => toSender.push(compound),
    onAwake: () => receiver.choose(clock.nowMs),
    onLevel() {},
  });
  return {
    ...{ clock, seen, repeated, toSender, toReceiver, forwarded, receiver, sender },
    /** What the endpoint does with a datagram; encryption left out. */
    arrive(packet: Buffer) {
      const copy = Buffer.from(packet);
      if (sender.wants(copy.readUInt32BE(8), copy)) sender.take(copy);
    },
  };
}

/** What `capture` put in, and a decoder would get. */
export function contentOf(packet: Buffer): Pick<Seen, 'layer' | 'frame' | 'key' | 'part'> {
  return JSON.parse(packet.toString('utf8', packet.indexOf('{"layer"')));
}

function readSeen(packet: Buffer): Seen | null {
  const [rtp, vp8] = [createRtpView(), createVp8View()];
  if (!readRtp(packet, rtp) || rtp.payloadType !== 100) return null;
  readVp8(packet, rtp.payloadStart, rtp.payloadEnd, vp8);
  const { ssrc, payloadType, sequence, timestamp } = rtp;
  const content = contentOf(packet);
  return {
    ssrc,
    payloadType,
    sequence,
    timestamp,
    pictureId: vp8.pictureId,
    tl0: vp8.tl0,
    ...content,
  };
}
