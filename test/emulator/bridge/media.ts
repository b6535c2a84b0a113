/** Packets as a browser sends them. */

export interface PacketFields {
  readonly ssrc?: number;
  readonly sequence?: number;
  readonly timestamp?: number;
  readonly payloadType?: number;
  readonly marker?: boolean;
  readonly payload?: Buffer;
  /** One-byte header extensions (RFC 8285, 4.2), by id. */
  readonly extensions?: Readonly<Record<number, Buffer>>;
  readonly padding?: number;
}

export function rtpPacket(fields: PacketFields = {}): Buffer {
  const { ssrc = 1, sequence = 1, timestamp = 0, payloadType = 100, marker = false } = fields;
  const { payload = Buffer.alloc(0), extensions = {}, padding = 0 } = fields;
  const header = Buffer.alloc(12);
  const elements = Object.entries(extensions).map(([id, data]) =>
    Buffer.concat([Buffer.from([(Number(id) << 4) | (data.length - 1)]), data]),
  );
  header.writeUInt8(0x80 | (padding > 0 ? 0x20 : 0) | (elements.length > 0 ? 0x10 : 0), 0);
  header.writeUInt8((marker ? 0x80 : 0) | payloadType, 1);
  header.writeUInt16BE(sequence & 0xffff, 2);
  header.writeUInt32BE(timestamp >>> 0, 4);
  header.writeUInt32BE(ssrc, 8);
  const tail = padding > 0 ? Buffer.alloc(padding, padding) : Buffer.alloc(0);
  return Buffer.concat([header, extensionBlock(elements), payload, tail]);
}

function extensionBlock(elements: readonly Buffer[]): Buffer {
  if (elements.length === 0) return Buffer.alloc(0);
  const body = Buffer.concat(elements);
  const words = Math.ceil(body.length / 4);
  const block = Buffer.alloc(4 + words * 4);
  block.writeUInt16BE(0xbede, 0);
  block.writeUInt16BE(words, 2);
  body.copy(block, 4);
  return block;
}

export interface Vp8Fields {
  readonly begins?: boolean;
  readonly key?: boolean;
  readonly pictureId?: number;
  readonly tl0?: number;
  readonly height?: number;
  /** What a decoder would get. */
  readonly content?: Buffer;
}

/** A payload with a long picture id, TL0PICIDX and temporal layer, as Chromium writes them (RFC 7741, 4.2). */
export function vp8Payload(fields: Vp8Fields = {}): Buffer {
  const {
    begins = true,
    key = false,
    pictureId = 0,
    tl0 = 0,
    height = 0,
    content = Buffer.alloc(4),
  } = fields;
  const descriptor = Buffer.from([begins ? 0x90 : 0x80, 0xe0, 0, 0, tl0 & 0xff, 0]);
  descriptor.writeUInt16BE(0x8000 | (pictureId & 0x7fff), 2);
  // A key frame's first bytes: tag, start code, width, height (RFC 6386, 9.1).
  const frame = key ? Buffer.from([0, 0, 0, 0x9d, 0x01, 0x2a, 0, 0, 0, 0]) : Buffer.from([1]);
  if (key) frame.writeUInt16LE(height, 8);
  return Buffer.concat([descriptor, begins ? frame : Buffer.alloc(0), content]);
}
