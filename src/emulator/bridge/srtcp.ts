import {
  MAX_PACKET_BYTES,
  RTCP_CLEAR_BYTES,
  RTCP_ENCRYPTED,
  RTCP_INDEX_BYTES,
  type Transform,
} from './srtp-packet.ts';
import { createReplayWindow, type ReplayWindow } from './srtp-replay.ts';

/** Twice what RFC 3711, 3.3.2 asks for: a few packets a second, seldom out of order. */
const REPLAY_PACKETS = 128;

/** A browser reports under the SSRC of each source it sends. */
const MAX_STREAMS = 512;

/** The index has 31 bits; then new keys are due (RFC 3711, 9.2). At a thousand packets a second, after 24 days. */
const INDEX_LIMIT = 2 ** 31;

/** Opens one peer's SRTCP packets (RFC 3711, 3.4): encrypted and authentic ones, each once. */
export interface SrtcpReceiver {
  /** Decrypts in place; null for what is malformed, in the clear, forged, repeated or too old. */
  open(packet: Buffer): Buffer | null;
}

export function createSrtcpReceiver(transform: Transform): SrtcpReceiver {
  const streams = new Map<number, ReplayWindow>();
  // In AES-GCM the index stands behind the tag, in AES-CM before it (RFC 7714, 9.2; RFC 3711, 3.4).
  const wordFromEnd = RTCP_INDEX_BYTES + transform.tagBytesBehindIndex;
  return {
    open(packet) {
      if (packet.length < RTCP_CLEAR_BYTES + RTCP_INDEX_BYTES + transform.tagBytes) return null;
      if (packet.length > MAX_PACKET_BYTES) return null;
      const word = packet.readUInt32BE(packet.length - wordFromEnd);
      if (word < RTCP_ENCRYPTED) return null;
      const index = word - RTCP_ENCRYPTED;
      const ssrc = packet.readUInt32BE(4);
      const stream = streams.get(ssrc);
      if (stream?.has(index) || (!stream && streams.size >= MAX_STREAMS)) return null;
      const plain = transform.openRtcp(packet, index);
      if (!plain) return null;
      if (stream) stream.add(index);
      else streams.set(ssrc, createReplayWindow(index, REPLAY_PACKETS));
      return plain;
    },
  };
}

/** Seals RTCP compounds for one peer. */
export interface SrtcpSender {
  /** Null for what is no RTCP compound, or too long, and when all indices are used up. */
  seal(compound: Buffer): Buffer | null;
}

/** One count for all sources: no index is used twice, whichever source a compound speaks for. */
export function createSrtcpSender(transform: Transform, firstIndex = 0): SrtcpSender {
  let next = firstIndex;
  return {
    seal(compound) {
      const bytes = compound.length + RTCP_INDEX_BYTES + transform.tagBytes;
      if (compound.length < RTCP_CLEAR_BYTES || bytes > MAX_PACKET_BYTES || next >= INDEX_LIMIT) return null;
      return transform.sealRtcp(compound, next++);
    },
  };
}
