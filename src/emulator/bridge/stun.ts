import { createHmac, timingSafeEqual } from 'node:crypto';
import { crc32 } from 'node:zlib';

/** STUN messages (RFC 8489), as far as an ICE-lite agent needs them. */

const MAGIC_COOKIE = 0x2112a442;
const HEADER_BYTES = 20;
const ATTRIBUTE_HEADER_BYTES = 4;
const INTEGRITY_BYTES = 20;
/** FINGERPRINT is the CRC-32 exclusive-or'ed with ASCII "STUN" (RFC 8489, 14.7). */
const FINGERPRINT_MASK = 0x5354554e;

export const MESSAGE = { bindingRequest: 0x0001, bindingSuccess: 0x0101, bindingError: 0x0111 } as const;

export const ATTRIBUTE = {
  username: 0x0006,
  messageIntegrity: 0x0008,
  errorCode: 0x0009,
  xorMappedAddress: 0x0020,
  useCandidate: 0x0025,
  fingerprint: 0x8028,
  iceControlled: 0x8029,
} as const;

export interface StunAttribute {
  readonly type: number;
  readonly value: Buffer;
  /** Where its header begins in the datagram; integrity covers all bytes before it. */
  readonly offset: number;
}

export interface StunMessage {
  readonly type: number;
  readonly transactionId: Buffer;
  readonly attributes: readonly StunAttribute[];
}

/** True for a datagram that the demultiplexing rule of RFC 7983 calls STUN. */
export function isStun(datagram: Buffer): boolean {
  const first = datagram[0];
  return first !== undefined && first < 4;
}

/** Reads a STUN message; null when the bytes are not one (RFC 8489, 5 and 14). Never throws. */
export function parseStun(datagram: Buffer): StunMessage | null {
  if (datagram.length < HEADER_BYTES || !isStun(datagram)) return null;
  if (datagram.readUInt32BE(4) !== MAGIC_COOKIE) return null;
  if (datagram.readUInt16BE(2) !== datagram.length - HEADER_BYTES || datagram.length % 4 !== 0) return null;
  const attributes = readAttributes(datagram);
  return (
    attributes && {
      type: datagram.readUInt16BE(0),
      transactionId: datagram.subarray(8, HEADER_BYTES),
      attributes,
    }
  );
}

function readAttributes(datagram: Buffer): StunAttribute[] | null {
  const attributes: StunAttribute[] = [];
  let offset = HEADER_BYTES;
  while (offset < datagram.length) {
    const length = datagram.readUInt16BE(offset + 2);
    const start = offset + ATTRIBUTE_HEADER_BYTES;
    if (start + length > datagram.length) return null;
    attributes.push({
      type: datagram.readUInt16BE(offset),
      value: datagram.subarray(start, start + length),
      offset,
    });
    offset = start + padded(length);
  }
  return attributes;
}

export function findAttribute(message: StunMessage, type: number): StunAttribute | undefined {
  return message.attributes.find(attribute => attribute.type === type);
}

/** Whether MESSAGE-INTEGRITY was made with this password (short-term credential, RFC 8489, 9.1 and 14.5). */
export function hasIntegrity(datagram: Buffer, message: StunMessage, password: string): boolean {
  const attribute = findAttribute(message, ATTRIBUTE.messageIntegrity);
  if (attribute?.value.length !== INTEGRITY_BYTES) return false;
  return timingSafeEqual(attribute.value, integrityOf(datagram.subarray(0, attribute.offset), password));
}

/** Whether FINGERPRINT is there, last, and right (RFC 8489, 14.7). */
export function hasFingerprint(datagram: Buffer, message: StunMessage): boolean {
  const attribute = message.attributes.at(-1);
  if (attribute?.type !== ATTRIBUTE.fingerprint || attribute.value.length !== 4) return false;
  return attribute.value.readUInt32BE(0) === fingerprintOf(datagram.subarray(0, attribute.offset));
}

/** Writes a STUN message that ends in MESSAGE-INTEGRITY and FINGERPRINT. */
export function encodeStun(
  type: number,
  transactionId: Buffer,
  attributes: ReadonlyArray<readonly [type: number, value: Buffer]>,
  password: string,
): Buffer {
  const header = Buffer.alloc(HEADER_BYTES);
  header.writeUInt16BE(type, 0);
  header.writeUInt32BE(MAGIC_COOKIE, 4);
  transactionId.copy(header, 8);
  const open = Buffer.concat([header, ...attributes.map(([kind, value]) => encodeAttribute(kind, value))]);
  const signed = Buffer.concat([
    open,
    encodeAttribute(ATTRIBUTE.messageIntegrity, integrityOf(open, password)),
  ]);
  const checksum = Buffer.alloc(4);
  checksum.writeUInt32BE(fingerprintOf(signed));
  const message = Buffer.concat([signed, encodeAttribute(ATTRIBUTE.fingerprint, checksum)]);
  message.writeUInt16BE(message.length - HEADER_BYTES, 2);
  return message;
}

function encodeAttribute(type: number, value: Buffer): Buffer {
  const attribute = Buffer.alloc(ATTRIBUTE_HEADER_BYTES + padded(value.length));
  attribute.writeUInt16BE(type, 0);
  attribute.writeUInt16BE(value.length, 2);
  value.copy(attribute, ATTRIBUTE_HEADER_BYTES);
  return attribute;
}

// Both sums are taken over the message as if it ended behind their own attribute: the length field says so.
function withLength(bytes: Buffer, extra: number): Buffer {
  const copy = Buffer.from(bytes);
  copy.writeUInt16BE(bytes.length - HEADER_BYTES + extra, 2);
  return copy;
}

function integrityOf(bytes: Buffer, password: string): Buffer {
  return createHmac('sha1', password)
    .update(withLength(bytes, ATTRIBUTE_HEADER_BYTES + INTEGRITY_BYTES))
    .digest();
}

function fingerprintOf(bytes: Buffer): number {
  return (crc32(withLength(bytes, ATTRIBUTE_HEADER_BYTES + 4)) ^ FINGERPRINT_MASK) >>> 0;
}

function padded(length: number): number {
  return (length + 3) & ~3;
}
