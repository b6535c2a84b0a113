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

/** One source's numbers in a sender report (RFC 3550, 6.4.1). */
export interface SentReport {
  readonly seconds: number;
  readonly fraction: number;
  readonly timestamp: number;
  readonly packets: number;
  readonly octets: number;
}

/** One report block (RFC 3550, 6.4.1). */
export interface ReceivedReport {
  readonly source: number;
  readonly fractionLost: number;
  readonly lost: number;
  readonly highest: number;
  readonly jitter: number;
  /** The middle half of its last sender report's NTP time, and how long ago that came, in 65536ths of a second. */
  readonly lastReport: number;
  readonly delay: number;
}

/** A compound has room for no more (RFC 3550, 6.4.2). */
const MOST_BLOCKS = 31;

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

/** A sender report without report blocks: those are for the senders. */
export function encodeSenderReport(source: number, report: SentReport): Buffer {
  const { seconds, fraction, timestamp, packets, octets } = report;
  return packet(PACKET_TYPE.senderReport, 0, words(source, seconds, fraction, timestamp, packets, octets));
}

/** A receiver report of these sources; of more than 31 the first. */
export function encodeReceiverReport(reporter: number, reports: readonly ReceivedReport[]): Buffer {
  const taken = reports.slice(0, MOST_BLOCKS);
  const blocks = taken.map(({ source, fractionLost, lost, highest, jitter, lastReport, delay }) =>
    words(source, (fractionLost << 24) | (lost & 0xffffff), highest, jitter, lastReport, delay),
  );
  return packet(PACKET_TYPE.receiverReport, taken.length, Buffer.concat([words(reporter), ...blocks]));
}

/** Asks for packets again (RFC 4585, 6.2.1). `lost` are 16-bit numbers, in rising order of the unwrapped ones. */
export function encodeNack(reporter: number, source: number, lost: readonly number[]): Buffer {
  const entries: number[] = [];
  let first = -1;
  for (const sequence of lost) {
    const ahead = (sequence - first) & 0xffff;
    if (first >= 0 && ahead >= 1 && ahead <= 16)
      entries.push(((entries.pop() ?? 0) | (1 << (ahead - 1))) >>> 0);
    else {
      first = sequence & 0xffff;
      entries.push(first * 0x10000);
    }
  }
  return packet(PACKET_TYPE.transportFeedback, FEEDBACK_FORMAT.nack, words(reporter, source, ...entries));
}

/** Asks a sender for a key frame (RFC 4585, 6.3.1). */
export function encodePli(reporter: number, source: number): Buffer {
  return packet(PACKET_TYPE.payloadFeedback, FEEDBACK_FORMAT.pli, words(reporter, source));
}

/** What a receiver can take, in bits per second, of these sources together. */
export function encodeRemb(reporter: number, sources: readonly number[], bitsPerSecond: number): Buffer {
  const exponent = Math.max(0, Math.ceil(Math.log2(Math.max(1, bitsPerSecond) / 0x3ffff)));
  const mantissa = Math.floor(bitsPerSecond / 2 ** exponent);
  const estimate = ((sources.length << 24) | (exponent << 18) | mantissa) >>> 0;
  const body = Buffer.concat([words(reporter, 0), Buffer.from(REMB_NAME), words(estimate, ...sources)]);
  return packet(PACKET_TYPE.payloadFeedback, FEEDBACK_FORMAT.applicationLayer, body);
}
