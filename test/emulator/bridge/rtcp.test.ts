import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readRtcp } from '../../../src/emulator/bridge/rtcp-reader.ts';
import {
  encodeNack,
  encodePli,
  encodeReceiverReport,
  encodeRemb,
  encodeSenderReport,
} from '../../../src/emulator/bridge/rtcp-writer.ts';

const sent = { seconds: 0xe0000001, fraction: 0x80000000, timestamp: 0xffffffff, packets: 7, octets: 700 };
const block = (source: number) => ({
  source,
  fractionLost: 51,
  lost: 0x123456,
  highest: 0x0001fffe,
  jitter: 90,
  lastReport: 0xffff8000,
  delay: 65_536,
});
const fir = (reporter: number, source: number) => {
  const packet = Buffer.from('84ce000400000000000000000000000001000000', 'hex');
  packet.writeUInt32BE(reporter, 4);
  packet.writeUInt32BE(source, 12);
  return packet;
};

describe('reading RTCP', () => {
  it('reads what was written, packet by packet of a compound', () => {
    const compound = Buffer.concat([
      encodeSenderReport(1, sent),
      encodeReceiverReport(1, [block(2), block(3)]),
      encodePli(1, 2),
      encodeNack(1, 3, [5, 6]),
      fir(1, 2),
    ]);
    const { seconds, fraction, timestamp } = sent;
    const read = (source: number) => ({ source, fractionLost: 51, highest: 0x0001fffe });
    expect(readRtcp(compound)).toEqual([
      { kind: 'report', reporter: 1, senderInfo: { seconds, fraction, timestamp }, blocks: [] },
      { kind: 'report', reporter: 1, senderInfo: null, blocks: [read(2), read(3)] },
      { kind: 'key-frame', sources: [2] },
      { kind: 'nack', source: 3, lost: [5, 6] },
      { kind: 'key-frame', sources: [2] },
    ]);
  });

  it('reads back whatever is asked for again', () => {
    const gaps = fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 100 });
    fc.assert(
      fc.property(fc.nat(0xffff), gaps, (first, steps) => {
        const lost = steps.map((_, i) => (first + steps.slice(0, i).reduce((a, b) => a + b, 0)) & 0xffff);
        expect(readRtcp(encodeNack(1, 2, lost))).toEqual([{ kind: 'nack', source: 2, lost }]);
      }),
    );
  });

  it('reads no more losses from one packet than a browser would tell of', () => {
    const words = Buffer.alloc(4 * 8_000, 0xff);
    const header = Buffer.from('81cd00000000000100000002', 'hex');
    header.writeUInt16BE((header.length + words.length) / 4 - 1, 2);
    const [fact] = readRtcp(Buffer.concat([header, words]));
    expect(fact?.kind === 'nack' ? fact.lost.length : 0).toBeLessThan(600);
  });

  it.each([1, 30_000, 262_143, 1_000_000, 2_500_000_000])(
    'reads back an estimate of %i bit/s within its precision',
    bits => {
      const [fact] = readRtcp(encodeRemb(1, [7, 8], bits));
      expect(fact).toMatchObject({ kind: 'remb', sources: [7, 8] });
      const read = fact?.kind === 'remb' ? fact.bitsPerSecond : 0;
      expect(Math.abs(read - bits) / bits).toBeLessThan(2 ** -17);
    },
  );

  it.each([
    ['nothing', ''],
    ['half a header', '80c9'],
    ['a length beyond the end', '81c900ff00000001'],
    ['a sender report without sender info', '80c8000100000001'],
    ['a report whose blocks are missing', '9fc9000100000001'],
    ['feedback without a source', '81ce000100000001'],
    ['a goodbye', '81cb000100000001'],
  ])('passes over %s', (_name, hex) => {
    const facts = readRtcp(Buffer.from(hex, 'hex'));
    expect(facts.filter(fact => fact.kind !== 'report' || fact.blocks.length > 0)).toEqual([]);
  });
});

describe('writing RTCP', () => {
  it('puts every number of a report block where RFC 3550, 6.4.1 has it', () => {
    expect(encodeReceiverReport(1, [block(2)]).toString('hex')).toBe(
      '81c90007000000010000000233123456' + '0001fffe0000005affff800000010000',
    );
  });

  it('puts no more than 31 sources into one report', () => {
    const [fact] = readRtcp(
      encodeReceiverReport(
        1,
        Array.from({ length: 40 }, (_, i) => block(i)),
      ),
    );
    expect(fact?.kind === 'report' && fact.blocks).toHaveLength(31);
  });

  it('asks for up to 17 packets in one entry', () => {
    const lost = Array.from({ length: 17 }, (_, i) => (0xfff8 + i) & 0xffff);
    expect(encodeNack(1, 2, lost).toString('hex')).toBe('81cd00030000000100000002fff8ffff');
  });
});
