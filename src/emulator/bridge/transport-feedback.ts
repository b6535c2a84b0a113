import { unwrap } from './sequence.ts';

/**
 * When each of a sender's packets arrived, told back to it so that it knows how much it may send
 * (draft-holmer-rmcat-transport-wide-cc-extensions-01).
 */
export interface TransportFeedback {
  note(sequence: number, nowMs: number): void;
  /** One RTCP packet about what arrived since the last one, null when nothing did. */
  next(reporter: number, source: number): Buffer | null;
}

const TRANSPORT_FEEDBACK = 205;
const FORMAT = 15;
const HEADER_BYTES = 20;
/** Several hundred milliseconds of a fast sender; one packet tells of at most half, which fits a datagram. */
const REMEMBERED = 1024;
const MOST_STATUSES = 400;
const TICKS_PER_MS = 4;
const TICKS_PER_REFERENCE = 256;
const STATUS = { missing: 0, small: 1, large: 2 } as const;
const STATUSES_PER_CHUNK = 7;

export function createTransportFeedback(): TransportFeedback {
  const arrivals = new Float64Array(REMEMBERED).fill(-1);
  /** The lowest and the highest number to tell of; nothing to tell when `lowest` is above `highest`. */
  let lowest = 0;
  let highest = -1;
  let count = 0;

  const slotOf = (sequence: number) => sequence % REMEMBERED;
  const restart = (sequence: number) => {
    arrivals.fill(-1);
    lowest = sequence;
    highest = sequence - 1;
  };
  const forgetBetween = (from: number, to: number) => {
    for (let sequence = from; sequence < to; sequence++) arrivals[slotOf(sequence)] = -1;
  };

  return {
    note(sequence, nowMs) {
      if (highest < 0) restart(sequence + 0x10000);
      const unwrapped = unwrap(highest, sequence);
      if (unwrapped <= highest - REMEMBERED) return;
      if (unwrapped - highest >= REMEMBERED) restart(unwrapped);
      forgetBetween(highest + 1, unwrapped);
      lowest = Math.max(Math.min(lowest, unwrapped), Math.max(highest, unwrapped) - REMEMBERED + 1);
      highest = Math.max(highest, unwrapped);
      arrivals[slotOf(unwrapped)] = nowMs;
    },
    next(reporter, source) {
      if (lowest > highest) return null;
      const end = Math.min(highest, lowest + MOST_STATUSES - 1);
      const times: number[] = [];
      for (let sequence = lowest; sequence <= end; sequence++) times.push(arrivals[slotOf(sequence)] ?? -1);
      const packet = encode(reporter, source, lowest & 0xffff, times, count);
      lowest = end + 1;
      count = (count + 1) & 0xff;
      return packet;
    },
  };
}

/** `times` in milliseconds, -1 for what did not arrive. */
function encode(
  reporter: number,
  source: number,
  base: number,
  times: readonly number[],
  count: number,
): Buffer {
  const firstMs = times.find(time => time >= 0) ?? 0;
  const reference = Math.floor((firstMs * TICKS_PER_MS) / TICKS_PER_REFERENCE);
  const statuses: number[] = [];
  const deltas: number[] = [];
  let previous = reference * TICKS_PER_REFERENCE;
  for (const time of times) {
    if (time < 0) {
      statuses.push(STATUS.missing);
      continue;
    }
    const delta = clampDelta(Math.round(time * TICKS_PER_MS) - previous);
    previous += delta;
    deltas.push(delta);
    statuses.push(isSmall(delta) ? STATUS.small : STATUS.large);
  }
  const chunks = Math.ceil(statuses.length / STATUSES_PER_CHUNK);
  const deltaBytes = deltas.reduce((bytes, delta) => bytes + (isSmall(delta) ? 1 : 2), 0);
  const packet = Buffer.alloc((HEADER_BYTES + chunks * 2 + deltaBytes + 3) & ~3);
  packet.writeUInt8(0x80 | FORMAT, 0);
  packet.writeUInt8(TRANSPORT_FEEDBACK, 1);
  packet.writeUInt16BE(packet.length / 4 - 1, 2);
  packet.writeUInt32BE(reporter, 4);
  packet.writeUInt32BE(source, 8);
  packet.writeUInt16BE(base, 12);
  packet.writeUInt16BE(statuses.length, 14);
  packet.writeUIntBE(reference & 0xffffff, 16, 3);
  packet.writeUInt8(count, 19);
  writeDeltas(packet, writeChunks(packet, statuses), deltas);
  return packet;
}

/** Vectors of seven two-bit statuses, whatever they are: at our rates runs would save a dozen bytes. */
function writeChunks(packet: Buffer, statuses: readonly number[]): number {
  let at = HEADER_BYTES;
  for (let i = 0; i < statuses.length; i += STATUSES_PER_CHUNK) {
    let chunk = 0b11;
    for (let j = 0; j < STATUSES_PER_CHUNK; j++) chunk = (chunk << 2) | (statuses[i + j] ?? STATUS.missing);
    packet.writeUInt16BE(chunk, at);
    at += 2;
  }
  return at;
}

function writeDeltas(packet: Buffer, start: number, deltas: readonly number[]): void {
  let at = start;
  for (const delta of deltas) {
    if (isSmall(delta)) packet.writeUInt8(delta, at);
    else packet.writeInt16BE(delta, at);
    at += isSmall(delta) ? 1 : 2;
  }
}

function isSmall(delta: number): boolean {
  return delta >= 0 && delta <= 255;
}

/** Eight seconds; nobody who waited longer cares for the rest. */
function clampDelta(delta: number): number {
  return Math.max(-0x8000, Math.min(0x7fff, delta));
}
