import { createCipheriv, hash, timingSafeEqual } from 'node:crypto';
import type { SessionKeys } from './srtp-keys.ts';
import {
  MAX_PACKET_BYTES,
  RTCP_CLEAR_BYTES,
  RTCP_ENCRYPTED,
  RTCP_INDEX_BYTES,
  type Transform,
} from './srtp-packet.ts';

const TAG_BYTES = 10;
const ROC_BYTES = 4;

/** AES_CM_128_HMAC_SHA1_80 (RFC 3711, 4.1.1 and 4.2.1): what a browser that declines AES-GCM speaks. */
export function createCm({ key, salt, auth }: SessionKeys): Transform {
  const applyKeystream = createKeystream(key, salt);
  const sign = createSha1Hmac(auth);
  const rollOver = Buffer.alloc(ROC_BYTES);
  const setRollOver = (index: number) => {
    rollOver.writeUInt32BE(Math.floor(index / 2 ** 16));
    return rollOver;
  };
  const isSigned = (packet: Buffer, tagAt: number, tail?: Buffer) =>
    timingSafeEqual(packet.subarray(tagAt), sign(packet.subarray(0, tagAt), tail));

  return {
    tagBytes: TAG_BYTES,
    tagBytesBehindIndex: TAG_BYTES,
    sealRtp(packet, headerBytes, index) {
      const sealed = Buffer.allocUnsafe(packet.length + TAG_BYTES);
      packet.copy(sealed);
      applyKeystream(sealed, headerBytes, packet.length, 8, index);
      sealed.set(sign(sealed.subarray(0, packet.length), setRollOver(index)), packet.length);
      return sealed;
    },
    openRtp(packet, headerBytes, index) {
      const tagAt = packet.length - TAG_BYTES;
      if (!isSigned(packet, tagAt, setRollOver(index))) return null;
      applyKeystream(packet, headerBytes, tagAt, 8, index);
      return packet.subarray(0, tagAt);
    },
    sealRtcp(compound, index) {
      const tagAt = compound.length + RTCP_INDEX_BYTES;
      const sealed = Buffer.allocUnsafe(tagAt + TAG_BYTES);
      compound.copy(sealed);
      applyKeystream(sealed, RTCP_CLEAR_BYTES, compound.length, 4, index);
      sealed.writeUInt32BE((RTCP_ENCRYPTED | index) >>> 0, compound.length);
      sealed.set(sign(sealed.subarray(0, tagAt)), tagAt);
      return sealed;
    },
    openRtcp(packet, index) {
      const tagAt = packet.length - TAG_BYTES;
      if (!isSigned(packet, tagAt)) return null;
      applyKeystream(packet, RTCP_CLEAR_BYTES, tagAt - RTCP_INDEX_BYTES, 4, index);
      return packet.subarray(0, tagAt - RTCP_INDEX_BYTES);
    },
  };
}

/** Xors bytes `start` to `end` of a packet with its keystream. */
type ApplyKeystream = (packet: Buffer, start: number, end: number, ssrcAt: number, index: number) => void;

/**
 * AES in counter mode from one AES-ECB object that lives as long as its key: a cipher object per packet, which
 * node:crypto's own counter mode needs, costs more than the encryption. Works in whole words of scratch memory.
 */
function createKeystream(key: Buffer, salt: Buffer): ApplyKeystream {
  const aes = createCipheriv('aes-128-ecb', key, null).setAutoPadding(false);
  const [block, blocks, stream, text] = [
    words(16),
    words(MAX_PACKET_BYTES),
    words(MAX_PACKET_BYTES),
    words(MAX_PACKET_BYTES),
  ];

  // The salt, with SSRC and index xor'ed into bytes 4 to 13; the last two count the blocks (RFC 3711, 4.1.1).
  const setBlock = (packet: Buffer, ssrcAt: number, index: number) => {
    packet.copy(block.bytes, 4, ssrcAt, ssrcAt + 4);
    block.bytes.fill(0, 0, 4).writeUIntBE(index, 8, 6);
    for (let i = 0; i < salt.length; i++) block.bytes[i] = (block.bytes[i] ?? 0) ^ (salt[i] ?? 0);
  };
  const countBlocks = (count: number) => {
    const [a = 0, b = 0, c = 0, d = 0] = block.words;
    for (let i = 0, at = 0; i < count; i++, at += 4) {
      blocks.words[at] = a;
      blocks.words[at + 1] = b;
      blocks.words[at + 2] = c;
      blocks.words[at + 3] = d | (COUNTERS.words[i] ?? 0);
    }
  };
  return (packet, start, end, ssrcAt, index) => {
    const count = Math.ceil((end - start) / 16);
    setBlock(packet, ssrcAt, index);
    countBlocks(count);
    stream.bytes.set(aes.update(blocks.bytes.subarray(0, count * 16)));
    packet.copy(text.bytes, 0, start, end);
    for (let i = 0; i < count * 4; i++) text.words[i] = (text.words[i] ?? 0) ^ (stream.words[i] ?? 0);
    text.bytes.copy(packet, start, 0, end - start);
  };
}

/** Memory seen as bytes and as the machine's words. */
function words(bytes: number): { readonly bytes: Buffer; readonly words: Uint32Array } {
  const memory = new ArrayBuffer(bytes);
  return { bytes: Buffer.from(memory), words: new Uint32Array(memory) };
}

/** Block numbers in the last two bytes of a word, whatever the machine's byte order. */
const COUNTERS = words((MAX_PACKET_BYTES / 16) * 4);
for (let i = 0; i < COUNTERS.words.length; i++) COUNTERS.bytes.writeUInt16BE(i, i * 4 + 2);

/** HMAC-SHA1 (RFC 2104), cut to the tag's length, as two one-shot hashes: half the time of node:crypto's HMAC object. */
function createSha1Hmac(key: Buffer): (message: Buffer, tail?: Buffer) => Buffer {
  const inner = Buffer.alloc(64 + MAX_PACKET_BYTES + ROC_BYTES, 0x36);
  const outer = Buffer.alloc(64 + 20, 0x5c);
  for (const [i, byte] of key.entries()) {
    inner[i] = byte ^ 0x36;
    outer[i] = byte ^ 0x5c;
  }
  return (message, tail) => {
    let end = 64 + message.copy(inner, 64);
    if (tail) end += tail.copy(inner, end);
    outer.set(hash('sha1', inner.subarray(0, end), 'buffer'), 64);
    return hash('sha1', outer, 'buffer').subarray(0, TAG_BYTES);
  };
}
