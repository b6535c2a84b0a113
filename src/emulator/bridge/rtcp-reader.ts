import {
  FEEDBACK_FORMAT as FORMAT,
  REMB_NAME,
  type ReportBlock,
  PACKET_TYPE as TYPE,
} from './rtcp-writer.ts';

const REPORT_BLOCK_BYTES = 24;
const SENDER_INFO_BYTES = 20;

/** What one RTCP packet says, and about which media sources. */
export type RtcpFact =
  | {
      readonly kind: 'report';
      readonly reporter: number;
      readonly senderInfo: Buffer | null;
      readonly blocks: readonly ReportBlock[];
    }
  | { readonly kind: 'nack' | 'pli'; readonly source: number; readonly packet: Buffer }
  | { readonly kind: 'fir'; readonly sources: readonly number[] }
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
      return count === FORMAT.nack && packet.length > 12
        ? { kind: 'nack', source: packet.readUInt32BE(8), packet }
        : null;
    case TYPE.payloadFeedback:
      return packet.length < 12 ? null : readPayloadFeedback(packet, count);
    default:
      return null;
  }
}

function readReport(packet: Buffer, count: number, infoBytes: number): RtcpFact {
  const blocks: ReportBlock[] = [];
  for (let i = 0, offset = 8 + infoBytes; i < count && offset + REPORT_BLOCK_BYTES <= packet.length; i++) {
    const bytes = packet.subarray(offset, offset + REPORT_BLOCK_BYTES);
    blocks.push({ source: bytes.readUInt32BE(0), bytes });
    offset += REPORT_BLOCK_BYTES;
  }
  const senderInfo = infoBytes === 0 ? null : packet.subarray(8, 8 + infoBytes);
  return { kind: 'report', reporter: packet.readUInt32BE(4), senderInfo, blocks };
}

function readPayloadFeedback(packet: Buffer, format: number): RtcpFact | null {
  if (format === FORMAT.pli) return { kind: 'pli', source: packet.readUInt32BE(8), packet };
  // In FIR the media source field is unused: each 8-byte entry names its own (RFC 5104, 4.3.1.1).
  if (format === FORMAT.fir) return { kind: 'fir', sources: readSources(packet, 12, 8) };
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
