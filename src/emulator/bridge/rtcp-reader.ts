import { FEEDBACK_FORMAT as FORMAT, REMB_NAME, PACKET_TYPE as TYPE } from './rtcp-writer.ts';

const REPORT_BLOCK_BYTES = 24;
const SENDER_INFO_BYTES = 20;
/** As many as a browser asks for at once; more would make a small packet cost a lot. */
const MOST_LOST = 512;

/** What a sender says of its clocks (RFC 3550, 6.4.1). */
export interface SenderInfo {
  /** NTP time, in its two halves: seconds, and 2^32nds of one. */
  readonly seconds: number;
  readonly fraction: number;
  /** The same moment on the source's clock. */
  readonly timestamp: number;
}

/** What a receiver says of one source. */
export interface ReportBlock {
  readonly source: number;
  /** Of 256, since its last report. */
  readonly fractionLost: number;
  /** The highest sequence number it got, with its count of cycles. */
  readonly highest: number;
}

/** What one RTCP packet says, and about which media sources. */
export type RtcpFact =
  | {
      readonly kind: 'report';
      readonly reporter: number;
      readonly senderInfo: SenderInfo | null;
      readonly blocks: readonly ReportBlock[];
    }
  | { readonly kind: 'nack'; readonly source: number; readonly lost: readonly number[] }
  | { readonly kind: 'key-frame'; readonly sources: readonly number[] }
  | { readonly kind: 'remb'; readonly sources: readonly number[]; readonly bitsPerSecond: number };

/** Reads a compound packet into facts; what is malformed or unknown is passed over. Never throws. */
export function readRtcp(compound: Buffer): RtcpFact[] {
  return [...splitCompound(compound)].map(readPacket).filter(fact => fact !== null);
}

function* splitCompound(compound: Buffer): Generator<Buffer> {
  let offset = 0;
  while (offset + 8 <= compound.length) {
    const bytes = (compound.readUInt16BE(offset + 2) + 1) * 4;
    if (bytes < 8 || offset + bytes > compound.length) return;
    yield compound.subarray(offset, offset + bytes);
    offset += bytes;
  }
}

function readPacket(packet: Buffer): RtcpFact | null {
  const count = packet.readUInt8(0) & 0x1f;
  switch (packet.readUInt8(1)) {
    case TYPE.senderReport:
      return packet.length < 8 + SENDER_INFO_BYTES ? null : readReport(packet, count, SENDER_INFO_BYTES);
    case TYPE.receiverReport:
      return readReport(packet, count, 0);
    case TYPE.transportFeedback:
      return count === FORMAT.nack && packet.length > 12 ? readNack(packet) : null;
    case TYPE.payloadFeedback:
      return packet.length < 12 ? null : readPayloadFeedback(packet, count);
    default:
      return null;
  }
}

function readReport(packet: Buffer, count: number, infoBytes: number): RtcpFact {
  const blocks: ReportBlock[] = [];
  for (let i = 0, at = 8 + infoBytes; i < count && at + REPORT_BLOCK_BYTES <= packet.length; i++) {
    const [source, highest] = [packet.readUInt32BE(at), packet.readUInt32BE(at + 8)];
    blocks.push({ source, highest, fractionLost: packet.readUInt8(at + 4) });
    at += REPORT_BLOCK_BYTES;
  }
  const [seconds, fraction, timestamp] = infoBytes === 0 ? [0, 0, 0] : readWords(packet);
  const senderInfo = infoBytes === 0 ? null : { seconds, fraction, timestamp };
  return { kind: 'report', reporter: packet.readUInt32BE(4), senderInfo, blocks };
}

function readWords(packet: Buffer): [number, number, number] {
  return [packet.readUInt32BE(8), packet.readUInt32BE(12), packet.readUInt32BE(16)];
}

/** Each entry names one lost packet, and in a mask those of the next sixteen (RFC 4585, 6.2.1). */
function readNack(packet: Buffer): RtcpFact {
  const lost: number[] = [];
  for (let at = 12; at + 4 <= packet.length && lost.length < MOST_LOST; at += 4) {
    const first = packet.readUInt16BE(at);
    const mask = packet.readUInt16BE(at + 2);
    lost.push(first);
    for (let bit = 0; bit < 16; bit++) if ((mask >> bit) & 1) lost.push((first + bit + 1) & 0xffff);
  }
  return { kind: 'nack', source: packet.readUInt32BE(8), lost };
}

function readPayloadFeedback(packet: Buffer, format: number): RtcpFact | null {
  if (format === FORMAT.pli) return { kind: 'key-frame', sources: [packet.readUInt32BE(8)] };
  // A full intra request wants the same. Its media source field is unused: each 8-byte entry names its own
  // (RFC 5104, 4.3.1.1).
  if (format === FORMAT.fir) return { kind: 'key-frame', sources: readSources(packet, 12, 8) };
  if (format === FORMAT.applicationLayer) return readRemb(packet);
  return null;
}

function readRemb(packet: Buffer): RtcpFact | null {
  if (packet.length < 24 || packet.toString('latin1', 12, 16) !== REMB_NAME) return null;
  const exponent = packet.readUInt8(17) >> 2;
  const mantissa = ((packet.readUInt8(17) & 0x03) << 16) | packet.readUInt16BE(18);
  return { kind: 'remb', sources: readSources(packet, 20, 4), bitsPerSecond: mantissa * 2 ** exponent };
}

function readSources(packet: Buffer, start: number, stride: number): number[] {
  const sources: number[] = [];
  for (let offset = start; offset + stride <= packet.length; offset += stride)
    sources.push(packet.readUInt32BE(offset));
  return sources;
}
