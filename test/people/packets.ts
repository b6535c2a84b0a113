/** Writing RTP (RFC 3550, 5.1) with VP8 (RFC 7741) or Opus (RFC 7587) inside. */

export interface PacketHeader {
  readonly ssrc: number;
  readonly payloadType: number;
  readonly sequenceNumber: number;
  readonly timestamp: number;
  readonly marker: boolean;
}

const HEADER_BYTES = 12;
/** With header, tag and UDP below any network's limit of 1280 bytes. */
const MAX_PAYLOAD_BYTES = 1_100;

export function writePacket(header: PacketHeader, payload: Buffer): Buffer {
  const packet = Buffer.alloc(HEADER_BYTES + payload.length);
  packet.writeUInt8(0x80, 0);
  packet.writeUInt8((header.marker ? 0x80 : 0) | header.payloadType, 1);
  packet.writeUInt16BE(header.sequenceNumber & 0xffff, 2);
  packet.writeUInt32BE(header.timestamp >>> 0, 4);
  packet.writeUInt32BE(header.ssrc >>> 0, 8);
  payload.copy(packet, HEADER_BYTES);
  return packet;
}

/** One VP8 frame as payloads, each behind its descriptor with a picture id of 15 bits (RFC 7741, 4.2). */
export function splitFrame(frame: Buffer, pictureId: number): Buffer[] {
  const count = Math.ceil(frame.length / MAX_PAYLOAD_BYTES);
  return Array.from({ length: count }, (_, i) => {
    // X and, on the first packet, S; then I; then the picture id with its long-form bit.
    const descriptor = Buffer.from([
      i === 0 ? 0x90 : 0x80,
      0x80,
      0x80 | ((pictureId >> 8) & 0x7f),
      pictureId & 0xff,
    ]);
    return Buffer.concat([descriptor, frame.subarray(i * MAX_PAYLOAD_BYTES, (i + 1) * MAX_PAYLOAD_BYTES)]);
  });
}
