import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { NO_LEVEL, readAudioLevel } from '../../../src/emulator/bridge/speaker-level.ts';

/** An RTP header (RFC 3550, 5.1) with this extension block behind it. */
function packetWith(form: number, extension: readonly number[], contributors = 0): Buffer {
  const words = Math.ceil(extension.length / 4);
  const packet = Buffer.alloc(12 + contributors * 4 + 4 + words * 4 + 20);
  packet[0] = 0x90 | contributors;
  const at = 12 + contributors * 4;
  packet.writeUInt16BE(form, at);
  packet.writeUInt16BE(words, at + 2);
  Buffer.from(extension).copy(packet, at + 4);
  return packet;
}
const ONE = 0xbede;
const TWO = 0x1000;

describe('the audio level', () => {
  it.each([
    ['alone', packetWith(ONE, [0x10, 37]), 37],
    ['without the voice bit', packetWith(ONE, [0x10, 0x80 | 37]), 37],
    ['silence', packetWith(ONE, [0x10, 127]), 127],
    ['behind another extension', packetWith(ONE, [0x32, 1, 2, 3, 0x10, 42]), 42],
    ['behind padding', packetWith(ONE, [0, 0, 0x10, 9]), 9],
    ['behind contributing sources', packetWith(ONE, [0x10, 5], 3), 5],
    ['in the two-byte form', packetWith(TWO, [3, 2, 7, 7, 1, 1, 64]), 64],
    ['in the two-byte form with application bits', packetWith(TWO | 5, [0, 1, 1, 64]), 64],
  ])('is read %s', (_name, packet, level) => {
    expect(readAudioLevel(packet, 1)).toBe(level);
  });

  it.each([
    ['no extensions', Buffer.concat([Buffer.from([0x80]), Buffer.alloc(40)])],
    ['others only', packetWith(ONE, [0x20, 1, 0x30, 1])],
    ['a stop before it', packetWith(ONE, [0xf0, 1, 0x10, 37])],
    ['an unknown form', packetWith(0x1234, [0x10, 37])],
    ['an extension longer than its block', packetWith(ONE, [0x2f, 1, 0x10, 37])],
    ['an empty one of that id', packetWith(TWO, [1, 0, 9, 1])],
    ['nothing behind the fixed header', Buffer.concat([Buffer.from([0x90]), Buffer.alloc(11)])],
    ['no bytes at all', Buffer.alloc(0)],
  ])('is absent where there is %s', (_name, packet) => {
    expect(readAudioLevel(packet, 1)).toBe(NO_LEVEL);
  });

  it('is a level or absent, whatever the bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 80 }), fc.integer({ min: 1, max: 14 }), (bytes, id) => {
        const packet = Buffer.from(bytes);
        if (packet.length > 0) packet[0] = (packet[0] ?? 0) | 0x90;
        const level = readAudioLevel(packet, id);
        expect(level).toBeGreaterThanOrEqual(NO_LEVEL);
        expect(level).toBeLessThanOrEqual(127);
      }),
      { numRuns: 2_000 },
    );
  });
});
