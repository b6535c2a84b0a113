import type { RtpView } from './rtp-packet.ts';

/** Retransmissions in a stream of their own (RFC 4588, 4): the payload begins with the lost packet's number. */
const ORIGINAL_SEQUENCE_BYTES = 2;

/**
 * Turns a retransmission into the packet that was lost, in its own memory. Null when it carries none: senders also
 * probe the bandwidth with empty ones.
 */
export function undoRtx(packet: Buffer, view: RtpView, ssrc: number, payloadType: number): Buffer | null {
  if (view.payloadEnd - view.payloadStart <= ORIGINAL_SEQUENCE_BYTES) return null;
  const sequence = packet.readUInt16BE(view.payloadStart);
  packet.copyWithin(ORIGINAL_SEQUENCE_BYTES, 0, view.payloadStart);
  const original = packet.subarray(ORIGINAL_SEQUENCE_BYTES);
  original.writeUInt8((view.marker ? 0x80 : 0) | payloadType, 1);
  original.writeUInt16BE(sequence, 2);
  original.writeUInt32BE(ssrc, 8);
  return original;
}

/** What a retransmission goes out with. */
export interface RtxHeader {
  readonly ssrc: number;
  readonly payloadType: number;
  readonly sequence: number;
}

/** Writes the packet's retransmission into `scratch`, which must have room for two bytes more; returns that part. */
export function makeRtx(packet: Buffer, view: RtpView, header: RtxHeader, scratch: Buffer): Buffer {
  const bytes = packet.length + ORIGINAL_SEQUENCE_BYTES;
  packet.copy(scratch, 0, 0, view.payloadStart);
  scratch.writeUInt16BE(packet.readUInt16BE(2), view.payloadStart);
  packet.copy(scratch, view.payloadStart + ORIGINAL_SEQUENCE_BYTES, view.payloadStart);
  scratch.writeUInt8((view.marker ? 0x80 : 0) | header.payloadType, 1);
  scratch.writeUInt16BE(header.sequence & 0xffff, 2);
  scratch.writeUInt32BE(header.ssrc, 8);
  return scratch.subarray(0, bytes);
}
