import { PAYLOAD } from './formats.ts';
import { createHistory, type History } from './history.ts';
import { NONE } from './layer-choice.ts';
import type { Piece } from './rewriter.ts';
import { encodeSenderReport } from './rtcp-writer.ts';
import { createRtpView, type RtpView, readRtp } from './rtp-packet.ts';
import { makeRtx } from './rtx.ts';
import type { Layer, Track } from './track.ts';
import { createVp8View, readVp8, type Vp8View, writePictureId, writeTl0 } from './vp8.ts';

/** A packet with what was read from it; the objects are used again for the next one. */
export interface ReadPacket {
  readonly bytes: Buffer;
  readonly rtp: RtpView;
  readonly vp8: Vp8View;
  /** Unwrapped. */
  readonly sequence: number;
}

/** One track on its way to one receiver. */
export interface Outgoing {
  readonly track: Track;
  /** The layer that the receiver is to get, `NONE` for none; it takes effect with the layer's next key frame. */
  target: number;
  /** The layer it gets now. */
  readonly current: number;
  /**
   * Sends the packet if it belongs to what this receiver gets. The receiver's numbers are written into the packet:
   * whoever keeps it has to put back the old ones, with `restore`.
   */
  forward(layer: Layer, packet: ReadPacket, nowMs: number): void;
  /** Sends again what the receiver misses, as far as it is there; its 16-bit numbers. */
  retransmit(lost: readonly number[], nowMs: number): void;
  /** Passes on the latest sender report of what the receiver gets, so that it knows how pictures and sound go together. */
  report(): void;
}

/** The receiver's transport. */
export interface OutgoingPort {
  /** `again`: the same bytes were sent before. */
  sendMedia(packet: Buffer, again?: boolean): void;
  sendRtcp(compound: Buffer): void;
  /** From now on it gets this layer. */
  onSwitched?(track: Track, layer: Layer): void;
}

/** No datagram is longer; retransmissions are made in here. */
const scratch = Buffer.alloc(65_536);
/** For packets from the cache, while the one that has just come is still being handed about. */
const kept = { rtp: createRtpView(), vp8: createVp8View() };
/** A receiver that asks for more than this is broken, or wants to be flooded. */
const RETRANSMISSIONS_PER_MS = 1;
const MOST_RETRANSMISSIONS = 500;

/** Puts a packet's own numbers back. */
export function restore({ bytes, rtp, vp8 }: Omit<ReadPacket, 'sequence'>): void {
  bytes.writeUInt16BE(rtp.sequence, 2);
  bytes.writeUInt32BE(rtp.timestamp, 4);
  writePictureId(bytes, vp8, vp8.pictureId);
  writeTl0(bytes, vp8, vp8.tl0);
}

/** An audio track: everybody gets all of it as it is. */
export function createAudioOutgoing(
  track: Track,
  port: OutgoingPort,
  history: History = createHistory(),
): Outgoing {
  return {
    track,
    target: 0,
    current: 0,
    forward(_layer, { bytes, rtp }) {
      history.packets += 1;
      history.octets += rtp.payloadEnd - rtp.payloadStart;
      port.sendMedia(bytes);
    },
    retransmit() {},
    report() {
      const { senderReport } = track.layers[0] ?? {};
      const { packets, octets } = history;
      if (senderReport)
        port.sendRtcp(encodeSenderReport(track.announced, { ...senderReport.info, packets, octets }));
    },
  };
}

/** A video track: of its layers one, and what it sends looks like one stream. */
export function createVideoOutgoing(
  track: Track,
  port: OutgoingPort,
  history: History = createHistory(),
): Outgoing {
  const { rewriter } = history;
  let budget = MOST_RETRANSMISSIONS;
  let budgetAt = 0;

  const send = (packet: ReadPacket, piece: Piece, nowMs: number) => {
    history.packets += 1;
    history.octets += packet.rtp.payloadEnd - packet.rtp.payloadStart;
    rewriter.write(packet.bytes, piece, packet.sequence, packet.rtp, packet.vp8, nowMs);
    port.sendMedia(packet.bytes);
  };
  const begin = (layer: Layer, packet: ReadPacket, nowMs: number) => {
    const previous = track.layers[rewriter.current?.layer ?? NONE];
    const exact = exactTimestamp(rewriter.current, previous, layer, packet.rtp.timestamp);
    rewriter.begin(layer.index, packet.sequence, packet.rtp, packet.vp8, nowMs, exact);
  };
  /** The key frame's first packet may have come late, by a retransmission. */
  const catchUp = (layer: Layer, after: number, nowMs: number) => {
    for (let sequence = after + 1; sequence <= layer.highest; sequence++) {
      const packet = readKept(layer.cache.get(sequence, nowMs), sequence);
      const piece = packet && rewriter.pieceOf(layer.index, sequence);
      if (!packet || !piece) continue;
      send(packet, piece, nowMs);
      restore(packet);
    }
  };
  const repeat = (packet: ReadPacket, piece: Piece, nowMs: number) => {
    rewriter.write(packet.bytes, piece, packet.sequence, packet.rtp, packet.vp8, nowMs);
    if (track.retransmissions === null) return port.sendMedia(packet.bytes, true);
    history.rtxSequence += 1;
    const { rtxSequence: sequence } = history;
    const header = { ssrc: track.retransmissions, payloadType: PAYLOAD.rtx, sequence };
    port.sendMedia(makeRtx(packet.bytes, packet.rtp, header, scratch));
  };
  const afford = (nowMs: number) => {
    budget = Math.min(MOST_RETRANSMISSIONS, budget + (nowMs - budgetAt) * RETRANSMISSIONS_PER_MS);
    budgetAt = nowMs;
    if (budget < 1) return false;
    budget -= 1;
    return true;
  };

  const outgoing: Outgoing = {
    track,
    get target() {
      return target;
    },
    set target(layer) {
      target = layer;
      if (layer !== NONE) return;
      current = NONE;
      rewriter.end();
    },
    get current() {
      return current;
    },
    forward(layer, packet, nowMs) {
      const isAwaited = layer.index === target && target !== current && packet.vp8.beginsKeyFrame;
      const begins = isAwaited && hasRest(layer, packet.sequence, nowMs);
      if (begins) {
        begin(layer, packet, nowMs);
        current = target;
        port.onSwitched?.(track, layer);
      }
      const piece = rewriter.pieceOf(layer.index, packet.sequence);
      if (piece) send(packet, piece, nowMs);
      if (!begins) return;
      catchUp(layer, packet.sequence, nowMs);
      outgoing.report();
    },
    retransmit(lost, nowMs) {
      for (const number of lost) {
        const origin = rewriter.originOf(number);
        const layer = track.layers[origin?.piece.layer ?? NONE];
        if (!origin || !layer) continue;
        const packet = readKept(layer.cache.get(origin.sequence, nowMs), origin.sequence);
        if (!packet || !afford(nowMs)) continue;
        repeat(packet, origin.piece, nowMs);
        restore(packet);
      }
    },
    report() {
      const piece = rewriter.current;
      const { senderReport } = track.layers[piece?.layer ?? NONE] ?? {};
      if (!piece || !senderReport) return;
      const { packets, octets } = history;
      const timestamp = (senderReport.info.timestamp + piece.timestamp) >>> 0;
      port.sendRtcp(
        encodeSenderReport(track.announced, { ...senderReport.info, timestamp, packets, octets }),
      );
    },
  };
  let target = NONE;
  let current = NONE;
  return outgoing;
}

/**
 * Whether all packets after this one are still there. Senders fill up probes of the bandwidth with packets from before,
 * and to begin with an old key frame would leave a hole of all that came since.
 */
function hasRest(layer: Layer, after: number, nowMs: number): boolean {
  for (let sequence = layer.highest; sequence > after; sequence--)
    if (!layer.cache.get(sequence, nowMs)) return false;
  return true;
}

function readKept(bytes: Buffer | null, sequence: number): ReadPacket | null {
  if (!bytes || !readRtp(bytes, kept.rtp)) return null;
  readVp8(bytes, kept.rtp.payloadStart, kept.rtp.payloadEnd, kept.vp8);
  return { bytes, rtp: kept.rtp, vp8: kept.vp8, sequence };
}

/**
 * The timestamp on the receiver's clock of a packet of another layer, by what the sender's reports say of both; null
 * when it has not reported of both. Each layer's clock begins anywhere (RFC 3550, 5.1).
 */
function exactTimestamp(
  piece: Piece | null,
  previous: Layer | undefined,
  layer: Layer,
  timestamp: number,
): number | null {
  const [before, after] = [previous?.senderReport?.info, layer.senderReport?.info];
  if (!piece || !before || !after) return null;
  const seconds = after.seconds - before.seconds + (after.fraction - before.fraction) / 2 ** 32;
  const offset = before.timestamp - after.timestamp + Math.round(seconds * 90_000);
  return timestamp + offset + piece.timestamp;
}
