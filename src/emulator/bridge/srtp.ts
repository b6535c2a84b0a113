import { rtpHeaderBytes } from './rtp.ts';
import { estimateIndex, INDEX_LIMIT } from './srtp-index.ts';
import { MAX_PACKET_BYTES, type Transform } from './srtp-packet.ts';
import { createReplayWindow, type ReplayWindow } from './srtp-replay.ts';

/**
 * A second of the fattest stream, and what Chrome itself keeps: a packet that was lost is sent again after a round
 * trip or several, and behind a delaying network that is hundreds of packets late.
 */
const REPLAY_PACKETS = 1024;

/**
 * A participant sends a dozen sources at a time, new ones with each screen share. None is ever forgotten: what was
 * sent under a forgotten SSRC could be replayed.
 */
const MAX_STREAMS = 512;

/** How many packets of a source may pass unread: a quarter of what makes its roll-over ambiguous. */
const UNREAD_PACKETS = 2 ** 13;

/** Opens one peer's SRTP packets (RFC 3711, 3.3): authentic ones, each once. */
export interface SrtpReceiver {
  /** Decrypts in place; null for what is malformed, forged, repeated, too old, or of one source too many. */
  open(packet: Buffer): Buffer | null;
  /**
   * To be called with a packet nobody wants: reads one in thousands, since who loses count of a source's roll-overs
   * can never open it again.
   */
  follow(packet: Buffer): void;
}

export function createSrtpReceiver(transform: Transform): SrtpReceiver {
  const streams = new Map<number, ReplayWindow>();

  const open = (packet: Buffer): Buffer | null => {
    const headerBytes = rtpHeaderBytes(packet);
    if (headerBytes === 0 || packet.length > MAX_PACKET_BYTES) return null;
    if (packet.length < headerBytes + transform.tagBytes) return null;
    const ssrc = packet.readUInt32BE(8);
    const stream = streams.get(ssrc);
    const index = indexOf(packet, stream?.highest);
    if (index < 0 || stream?.has(index) || (!stream && streams.size >= MAX_STREAMS)) return null;
    const plain = transform.openRtp(packet, headerBytes, index);
    if (!plain) return null;
    // Nothing is remembered of a packet before it has proven authentic.
    if (stream) stream.add(index);
    else streams.set(ssrc, createReplayWindow(index, REPLAY_PACKETS));
    return plain;
  };
  return {
    open,
    follow(packet) {
      if (packet.length < 12) return;
      const stream = streams.get(packet.readUInt32BE(8));
      if (!stream || indexOf(packet, stream.highest) - stream.highest >= UNREAD_PACKETS) open(packet);
    },
  };
}

/** Seals packets for one peer. */
export interface SrtpSender {
  /**
   * Null for what is no RTP packet of a browser's size, for one from before its stream began, and for one whose number
   * was sealed before: its key stream would be the same (RFC 7714, 9.3), and the receiver would take it for a replay.
   * `again` is for a packet that is the same in every byte.
   */
  seal(packet: Buffer, again?: boolean): Buffer | null;
}

export function createSrtpSender(transform: Transform): SrtpSender {
  const streams = new Map<number, ReplayWindow>();
  return {
    seal(packet, again = false) {
      const headerBytes = rtpHeaderBytes(packet);
      if (headerBytes === 0 || packet.length + transform.tagBytes > MAX_PACKET_BYTES) return null;
      const ssrc = packet.readUInt32BE(8);
      const stream = streams.get(ssrc);
      const index = indexOf(packet, stream?.highest);
      if (index < 0 || index >= INDEX_LIMIT || (!again && stream?.has(index))) return null;
      if (!stream) streams.set(ssrc, createReplayWindow(index, REPLAY_PACKETS));
      else if (!stream.has(index)) stream.add(index);
      return transform.sealRtp(packet, headerBytes, index);
    },
  };
}

/** A stream begins with a roll-over counter of 0. */
function indexOf(packet: Buffer, highest: number | undefined): number {
  const sequence = packet.readUInt16BE(2);
  return highest === undefined ? sequence : estimateIndex(highest, sequence);
}
