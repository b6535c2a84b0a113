import { describe, expect, it } from 'vitest';
import { createFeedbackRouter } from '../../../src/emulator/bridge/feedback.ts';
import { readRtcp } from '../../../src/emulator/bridge/rtcp-reader.ts';
import {
  encodePli,
  encodeReceiverReport,
  encodeRemb,
  encodeSenderReport,
} from '../../../src/emulator/bridge/rtcp-writer.ts';

const block = (source: number) => {
  const bytes = Buffer.alloc(24, source & 0xff);
  bytes.writeUInt32BE(source, 0);
  return { source, bytes };
};
const nack = (reporter: number, source: number) => {
  const packet = Buffer.from('81cd0003000000000000000000010000', 'hex');
  packet.writeUInt32BE(reporter, 4);
  packet.writeUInt32BE(source, 8);
  return packet;
};
const fir = (reporter: number, source: number) => {
  const packet = Buffer.from('84ce000400000000000000000000000001000000', 'hex');
  packet.writeUInt32BE(reporter, 4);
  packet.writeUInt32BE(source, 12);
  return packet;
};

describe('reading RTCP', () => {
  it('reads what was written, packet by packet of a compound', () => {
    const info = Buffer.alloc(20, 5);
    const compound = Buffer.concat([
      encodeSenderReport(1, info),
      encodeReceiverReport(1, [block(2), block(3)]),
      encodePli(1, 2),
      nack(1, 3),
      fir(1, 2),
    ]);
    expect(readRtcp(compound)).toMatchObject([
      { kind: 'report', reporter: 1, senderInfo: info, blocks: [] },
      { kind: 'report', reporter: 1, senderInfo: null, blocks: [{ source: 2 }, { source: 3 }] },
      { kind: 'pli', source: 2 },
      { kind: 'nack', source: 3 },
      { kind: 'fir', sources: [2] },
    ]);
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

describe('routing feedback', () => {
  // alice sends 10 (forwarded) and 11 (a hidden layer); bob sends 20; carol only receives.
  const owners = new Map([
    [10, 'alice'],
    [11, 'alice'],
    [20, 'bob'],
  ]);
  const router = () =>
    createFeedbackRouter<string>({
      ownerOf: ssrc => owners.get(ssrc),
      sourcesOf: member => [...owners].filter(([, owner]) => owner === member).map(([ssrc]) => ssrc),
      isForwarded: ssrc => ssrc !== 11,
      receiversOf: member => ['alice', 'bob', 'carol'].filter(other => other !== member),
    });
  const route = (from: string, ...packets: Buffer[]) =>
    router().route(from, readRtcp(Buffer.concat(packets)));
  const addressees = (from: string, ...packets: Buffer[]) => route(from, ...packets).map(({ to }) => to);

  it.each([
    [
      'a sender report to every receiver',
      'alice',
      encodeSenderReport(10, Buffer.alloc(20)),
      ['bob', 'carol'],
    ],
    ['a report of a hidden layer to nobody', 'alice', encodeSenderReport(11, Buffer.alloc(20)), []],
    ["a report under somebody else's name to nobody", 'carol', encodeSenderReport(10, Buffer.alloc(20)), []],
    [
      'losses to whom they concern',
      'carol',
      encodeReceiverReport(30, [block(10), block(20)]),
      ['alice', 'bob'],
    ],
    ['a key-frame request to its sender', 'bob', encodePli(20, 10), ['alice']],
    ['a full intra request to its sender', 'carol', fir(30, 20), ['bob']],
    ['a retransmission request to its sender', 'carol', nack(30, 20), ['bob']],
    ['a request for an unknown source to nobody', 'carol', encodePli(30, 99), []],
    ["a request for one's own source to nobody", 'alice', encodePli(10, 11), []],
  ])('takes %s', (_name, from, packet, expected) => {
    expect(addressees(from, packet)).toEqual(expected);
  });

  it('splits a report so that each sender reads of itself only', () => {
    const sent = route('carol', encodeReceiverReport(30, [block(10), block(20)]));
    expect(sent.map(({ packet }) => readRtcp(packet))).toMatchObject([
      [{ blocks: [{ source: 10 }] }],
      [{ blocks: [{ source: 20 }] }],
    ]);
  });

  it('asks a sender for what its slowest receiver can take, until that one leaves', () => {
    const running = router();
    const estimate = (from: string, bits: number) => {
      const [feedback] = running.route(from, readRtcp(encodeRemb(1, [10], bits)));
      const [fact] = readRtcp(feedback?.packet ?? Buffer.alloc(0));
      return fact?.kind === 'remb' ? [feedback?.to, fact.sources, fact.bitsPerSecond] : [];
    };
    expect(estimate('bob', 200_000)).toEqual(['alice', [10, 11], 200_000]);
    expect(estimate('carol', 100_000)).toEqual(['alice', [10, 11], 100_000]);
    expect(estimate('bob', 240_000)).toEqual(['alice', [10, 11], 100_000]);
    running.forget('carol');
    expect(estimate('bob', 240_000)).toEqual(['alice', [10, 11], 240_000]);
  });
});
