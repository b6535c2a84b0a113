/** Reading and writing RTP packets in place (RFC 3550, 5.1; RFC 8285 for header extensions). */

const FIXED_HEADER_BYTES = 12;
const ONE_BYTE_FORM = 0xbede;

/** The parts of an RTP packet; one object is filled over and over, as this is done for every packet. */
export interface RtpView {
  marker: boolean;
  payloadType: number;
  sequence: number;
  timestamp: number;
  ssrc: number;
  /** Where the header extension's elements are; both 0 when there is none in the one-byte form. */
  extensionStart: number;
  extensionEnd: number;
  payloadStart: number;
  /** Without padding. */
  payloadEnd: number;
}

export function createRtpView(): RtpView {
  return {
    marker: false,
    payloadType: 0,
    sequence: 0,
    timestamp: 0,
    ssrc: 0,
    extensionStart: 0,
    extensionEnd: 0,
    payloadStart: 0,
    payloadEnd: 0,
  };
}

/** Fills the view; false when this is no whole RTP packet. The payload may still be encrypted. */
export function readRtp(packet: Buffer, view: RtpView): boolean {
  if (packet.length < FIXED_HEADER_BYTES) return false;
  const first = packet.readUInt8(0);
  const second = packet.readUInt8(1);
  if (first >> 6 !== 2) return false;
  view.marker = (second & 0x80) !== 0;
  view.payloadType = second & 0x7f;
  view.sequence = packet.readUInt16BE(2);
  view.timestamp = packet.readUInt32BE(4);
  view.ssrc = packet.readUInt32BE(8);
  view.extensionStart = 0;
  view.extensionEnd = 0;
  view.payloadStart = FIXED_HEADER_BYTES + (first & 0x0f) * 4;
  if ((first & 0x10) !== 0 && !readExtension(packet, view)) return false;
  const padding = (first & 0x20) === 0 ? 0 : packet.readUInt8(packet.length - 1);
  view.payloadEnd = packet.length - padding;
  return view.payloadStart <= packet.length && view.payloadEnd >= view.payloadStart;
}

function readExtension(packet: Buffer, view: RtpView): boolean {
  const start = view.payloadStart;
  if (packet.length < start + 4) return false;
  const end = start + 4 + packet.readUInt16BE(start + 2) * 4;
  if (packet.length < end) return false;
  view.payloadStart = end;
  if (packet.readUInt16BE(start) !== ONE_BYTE_FORM) return true;
  view.extensionStart = start + 4;
  view.extensionEnd = end;
  return true;
}

/** Where the element `id` begins, at its own byte of id and length; -1 when there is none of at least `bytes`. */
function findExtension(packet: Buffer, view: RtpView, id: number, bytes: number): number {
  let at = view.extensionStart;
  while (at < view.extensionEnd) {
    const head = packet.readUInt8(at);
    const length = (head & 0x0f) + 1;
    // Zero is padding; 15 ends the list (RFC 8285, 4.2).
    if (head >> 4 === 15) return -1;
    if (head >> 4 === id) return length >= bytes && at + length < view.extensionEnd ? at : -1;
    at += head === 0 ? 1 : 1 + length;
  }
  return -1;
}

/**
 * The sequence number that the sender counts all of its packets with, and takes it out: a receiver that sees one
 * would report it as the bridge's. -1 when there is none (draft-holmer-rmcat-transport-wide-cc-extensions-01, 2).
 */
export function takeTransportSequence(packet: Buffer, view: RtpView, id: number): number {
  const at = findExtension(packet, view, id, 2);
  if (at < 0) return -1;
  const sequence = packet.readUInt16BE(at + 1);
  packet.fill(0, at, at + 3);
  return sequence;
}

/** The same without taking it out, for a packet that nobody gets. */
export function readTransportSequence(packet: Buffer, view: RtpView, id: number): number {
  const at = findExtension(packet, view, id, 2);
  return at < 0 ? -1 : packet.readUInt16BE(at + 1);
}

/** When the bridge sends it, which is what a receiver's estimate of its bandwidth is made of: 6.18 bits of seconds. */
export function stampSendTime(packet: Buffer, view: RtpView, id: number, nowMs: number): void {
  const at = findExtension(packet, view, id, 3);
  if (at >= 0) packet.writeUIntBE(Math.floor((nowMs * 262.144) % 2 ** 24), at + 1, 3);
}
