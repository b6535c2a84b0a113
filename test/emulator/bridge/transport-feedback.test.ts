import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createTransportFeedback } from '../../../src/emulator/bridge/transport-feedback.ts';

/** Arrival times in milliseconds by number, read as the draft, 3.1 says, for vectors of two-bit symbols. */
function readBack(packet: Buffer | null): Map<number, number> {
  if (packet?.readUInt16BE(0) !== 0x8fcd) throw new Error('no feedback');
  const base = packet.readUInt16BE(12);
  const count = packet.readUInt16BE(14);
  const chunks = Math.ceil(count / 7);
  let time = packet.readUIntBE(16, 3) * 64;
  let at = 20 + chunks * 2;
  const times = new Map<number, number>();
  for (let i = 0; i < count; i++) {
    const chunk = packet.readUInt16BE(20 + Math.floor(i / 7) * 2);
    expect(chunk >> 14).toBe(0b11);
    const status = (chunk >> (12 - 2 * (i % 7))) & 0b11;
    if (status === 0) continue;
    time += (status === 1 ? packet.readUInt8(at) : packet.readInt16BE(at)) / 4;
    at += status;
    times.set((base + i) & 0xffff, time);
  }
  expect(packet.length).toBe((packet.readUInt16BE(2) + 1) * 4);
  expect(packet.length - at).toBeLessThan(4);
  return times;
}

describe('transport-wide feedback', () => {
  it('tells when each packet came, and which did not', () => {
    const feedback = createTransportFeedback();
    const arrivals = [
      [10, 1_000],
      [11, 1_000.25],
      [13, 1_100],
      [14, 1_090],
    ] as const;
    for (const [sequence, at] of arrivals) feedback.note(sequence, at);
    expect([...readBack(feedback.next(1, 2))]).toEqual(arrivals);
  });

  it('says nothing when nothing came', () => {
    const feedback = createTransportFeedback();
    expect(feedback.next(1, 2)).toBeNull();
    feedback.note(1, 5);
    feedback.next(1, 2);
    expect(feedback.next(1, 2)).toBeNull();
  });

  it('goes on where it stopped, over the wrap, and counts its packets', () => {
    const feedback = createTransportFeedback();
    feedback.note(65_534, 0);
    const first = feedback.next(1, 2);
    feedback.note(1, 20);
    const second = feedback.next(1, 2);
    expect([first?.readUInt16BE(12), second?.readUInt16BE(12), second?.readUInt16BE(14)]).toEqual([
      ...[65_534, 65_535, 3],
    ]);
    expect([first?.readUInt8(19), second?.readUInt8(19)]).toEqual([0, 1]);
  });

  it('tells of a packet that came after it had been called lost', () => {
    const feedback = createTransportFeedback();
    feedback.note(1, 0);
    feedback.note(3, 1);
    feedback.next(1, 2);
    feedback.note(2, 30);
    expect(readBack(feedback.next(1, 2)).get(2)).toBe(30);
  });

  it('begins anew after a gap that is longer than its memory', () => {
    const feedback = createTransportFeedback();
    feedback.note(1, 0);
    feedback.note(10_001, 40);
    expect([...readBack(feedback.next(1, 2))]).toEqual([[10_001, 40]]);
  });

  it('tells all arrivals, whatever the losses and the order, in packets that fit a datagram', () => {
    const arrival = fc.tuple(fc.nat(300), fc.nat(2_000));
    fc.assert(
      fc.property(fc.nat(0xffff), fc.array(arrival, { minLength: 1, maxLength: 300 }), (base, arrivals) => {
        const feedback = createTransportFeedback();
        const expected = new Map<number, number>();
        for (const [offset, quarters] of arrivals) {
          feedback.note((base + offset) & 0xffff, quarters / 4);
          expected.set((base + offset) & 0xffff, quarters / 4);
        }
        const read = new Map<number, number>();
        for (let packet = feedback.next(1, 2); packet; packet = feedback.next(1, 2)) {
          expect(packet.length).toBeLessThan(1_200);
          for (const [sequence, at] of readBack(packet)) read.set(sequence, at);
        }
        expect(read).toEqual(expected);
      }),
    );
  });
});
