/** Writing RTCP (RFC 3550, 6; RFC 4585, 6; draft-alvestrand-rmcat-remb). */

export const PACKET_TYPE = {
  senderReport: 200,
  receiverReport: 201,
  transportFeedback: 205,
  payloadFeedback: 206,
} as const;

/** The meaning of the five bits beside the version, by packet type (RFC 4585, 6.2 and 6.3; RFC 5104, 4.3). */
export const FEEDBACK_FORMAT = { nack: 1, pli: 1, fir: 4, applicationLayer: 15 } as const;

export const REMB_NAME = 'REMB';

/** One receiver's report about one source, as it stands in the packet (RFC 3550, 6.4.1). */
export interface ReportBlock {
  readonly source: number;
  readonly bytes: Buffer;
}

function packet(type: number, count: number, body: Buffer): Buffer {
  const header = Buffer.alloc(4);
  header.writeUInt8(0x80 | count, 0);
  header.writeUInt8(type, 1);
  header.writeUInt16BE(body.length / 4, 2);
  return Buffer.concat([header, body]);
}

function words(...values: number[]): Buffer {
  const bytes = Buffer.alloc(values.length * 4);
  for (const [i, value] of values.entries()) bytes.writeUInt32BE(value >>> 0, i * 4);
  return bytes;
}

/** A sender report without report blocks: those speak of other senders than the one it goes to. */
export function encodeSenderReport(source: number, senderInfo: Buffer): Buffer {
  return packet(PACKET_TYPE.senderReport, 0, Buffer.concat([words(source), senderInfo]));
}

/** A receiver report of these blocks (at most 31, RFC 3550, 6.4.2). */
export function encodeReceiverReport(reporter: number, blocks: readonly ReportBlock[]): Buffer {
  const taken = blocks.slice(0, 31);
  return packet(
    PACKET_TYPE.receiverReport,
    taken.length,
    Buffer.concat([words(reporter), ...taken.map(block => block.bytes)]),
  );
}

/** Asks a sender for a key frame (RFC 4585, 6.3.1). */
export function encodePli(reporter: number, source: number): Buffer {
  return packet(PACKET_TYPE.payloadFeedback, FEEDBACK_FORMAT.pli, words(reporter, source));
}

/** The receiver's estimate of what it can take, in bits per second, for these sources together. */
export function encodeRemb(reporter: number, sources: readonly number[], bitsPerSecond: number): Buffer {
  const exponent = Math.max(0, Math.ceil(Math.log2(Math.max(1, bitsPerSecond) / 0x3ffff)));
  const mantissa = Math.floor(bitsPerSecond / 2 ** exponent);
  const estimate = ((sources.length << 24) | (exponent << 18) | mantissa) >>> 0;
  const body = Buffer.concat([words(reporter, 0), Buffer.from(REMB_NAME), words(estimate, ...sources)]);
  return packet(PACKET_TYPE.payloadFeedback, FEEDBACK_FORMAT.applicationLayer, body);
}
