/** The few header bytes a forwarder looks at (RFC 3550, 5.1; RFC 5761 for telling RTP from RTCP). */

const RTP_HEADER_BYTES = 12;
const RTCP_HEADER_BYTES = 8;

/** DTLS records start with 20 to 63, RTP and RTCP with 128 to 191 (RFC 7983). */
export function isDtls(datagram: Buffer): boolean {
  const first = datagram[0] ?? 0;
  return first > 19 && first < 64;
}

export function isRtpOrRtcp(datagram: Buffer): boolean {
  const first = datagram[0] ?? 0;
  return first > 127 && first < 192 && datagram.length >= RTCP_HEADER_BYTES;
}

/** RTCP packet types 192 to 223 share the wire with RTP, whose payload types avoid them (RFC 5761, 4). */
export function isRtcp(datagram: Buffer): boolean {
  const second = datagram[1] ?? 0;
  return second >= 192 && second <= 223;
}

/** The SSRC of an RTP packet, which SRTP leaves in the clear; null when the packet is too short. */
export function rtpSsrc(packet: Buffer): number | null {
  return packet.length < RTP_HEADER_BYTES ? null : packet.readUInt32BE(8);
}

/** Where the payload begins: behind the contributing sources and the header extension; 0 when this is no RTP packet. */
export function rtpHeaderBytes(packet: Buffer): number {
  const first = packet[0] ?? 0;
  if (packet.length < RTP_HEADER_BYTES || first >> 6 !== 2) return 0;
  const fixed = RTP_HEADER_BYTES + (first & 0x0f) * 4;
  if ((first & 0x10) === 0) return packet.length < fixed ? 0 : fixed;
  if (packet.length < fixed + 4) return 0;
  const bytes = fixed + 4 + packet.readUInt16BE(fixed + 2) * 4;
  return packet.length < bytes ? 0 : bytes;
}
