const FIXED_HEADER_BYTES = 12;
/** RFC 8285, 4.2 and 4.3: how the two forms of header extensions begin. */
const ONE_BYTE_FORM = 0xbede;
const TWO_BYTE_FORM = 0x1000;
const TWO_BYTE_MASK = 0xfff0;
const PADDING = 0;
/** RFC 8285, 4.2: readers of the one-byte form stop at this id. */
const RESERVED = 15;

/** No level in this packet. */
export const NO_LEVEL = -1;

/**
 * The audio level in an RTP packet's header extension `id` (RFC 6464): 0 to 127 in -dBov, or `NO_LEVEL`. The voice bit
 * beside it is left out: browsers set it for speech only, and tests speak in tones.
 */
export function readAudioLevel(packet: Buffer, id: number): number {
  const first = packet[0] ?? 0;
  const header = FIXED_HEADER_BYTES + (first & 0x0f) * 4;
  if ((first & 0x10) === 0 || packet.length < header + 4) return NO_LEVEL;
  const form = packet.readUInt16BE(header);
  const start = header + 4;
  const end = Math.min(start + packet.readUInt16BE(header + 2) * 4, packet.length);
  if (form === ONE_BYTE_FORM) return findShort(packet, id, start, end);
  return (form & TWO_BYTE_MASK) === TWO_BYTE_FORM ? findLong(packet, id, start, end) : NO_LEVEL;
}

function findShort(packet: Buffer, id: number, start: number, end: number): number {
  for (let at = start; at + 1 < end; ) {
    const head = packet[at] ?? 0;
    const found = head >> 4;
    if (found === RESERVED) return NO_LEVEL;
    if (found === id) return (packet[at + 1] ?? 0) & 0x7f;
    at += head === PADDING ? 1 : 2 + (head & 0x0f);
  }
  return NO_LEVEL;
}

function findLong(packet: Buffer, id: number, start: number, end: number): number {
  for (let at = start; at + 2 < end; ) {
    const found = packet[at] ?? 0;
    const length = packet[at + 1] ?? 0;
    if (found === id && length > 0) return (packet[at + 2] ?? 0) & 0x7f;
    at += found === PADDING ? 1 : 2 + length;
  }
  return NO_LEVEL;
}
