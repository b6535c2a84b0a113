import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  createRtpView,
  readRtp,
  readTransportSequence,
  stampSendTime,
  takeTransportSequence,
} from '../../../src/emulator/bridge/rtp-packet.ts';
import { makeRtx, undoRtx } from '../../../src/emulator/bridge/rtx.ts';
import { rtpPacket } from './media.ts';

const view = createRtpView();
const payload = Buffer.from('payload');

describe('an RTP packet', () => {
  it('is read field by field', () => {
    const packet = rtpPacket({ ssrc: 7, sequence: 65_535, timestamp: 2 ** 32 - 1, marker: true, payload });
    expect(readRtp(packet, view)).toBe(true);
    expect(view).toMatchObject({
      ...{ ssrc: 7, sequence: 65_535, timestamp: 2 ** 32 - 1, marker: true, payloadType: 100 },
      ...{ extensionStart: 0, payloadStart: 12, payloadEnd: 12 + payload.length },
    });
  });

  it('ends before its padding', () => {
    readRtp(rtpPacket({ payload, padding: 9 }), view);
    expect(view.payloadEnd - view.payloadStart).toBe(payload.length);
  });

  it.each([
    ['a header cut short', rtpPacket().subarray(0, 11)],
    ['another version', Buffer.from(rtpPacket()).fill(0x40, 0, 1)],
    ['more sources than bytes', Buffer.from(rtpPacket()).fill(0x8f, 0, 1)],
    ['an extension beyond the end', rtpPacket({ extensions: { 5: Buffer.alloc(2) } }).subarray(0, 14)],
    [
      'more padding than payload',
      Buffer.concat([rtpPacket({ payload }).fill(0xa0, 0, 1), Buffer.from([200])]),
    ],
  ])('is not seen in %s', (_name, packet) => {
    expect(readRtp(packet, view)).toBe(false);
  });

  it('never throws, whatever the bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 80 }), bytes => {
        const packet = Buffer.from(bytes);
        if (packet.length > 0) packet.writeUInt8(0x90 | ((packet[0] ?? 0) & 0x2f), 0);
        if (!readRtp(packet, view)) return;
        takeTransportSequence(packet, view, 5);
        stampSendTime(packet, view, 3, 12_345);
      }),
    );
  });
});

describe('header extensions', () => {
  const extensions = { 1: Buffer.from([0x85]), 5: Buffer.from([0x12, 0x34]), 3: Buffer.from([1, 2, 3]) };

  it('give the transport-wide number, once', () => {
    const packet = rtpPacket({ extensions, payload });
    readRtp(packet, view);
    expect(readTransportSequence(packet, view, 5)).toBe(0x1234);
    expect(takeTransportSequence(packet, view, 5)).toBe(0x1234);
    expect(takeTransportSequence(packet, view, 5)).toBe(-1);
  });

  it('stay readable around what was taken out', () => {
    const packet = rtpPacket({ extensions, payload });
    readRtp(packet, view);
    takeTransportSequence(packet, view, 5);
    stampSendTime(packet, view, 3, 1_500);
    // The level, the time, three bytes of nothing, and padding to whole words.
    expect(packet.toString('hex', view.extensionStart, view.extensionEnd)).toBe(
      '1085' + '32060000' + '000000' + '000000',
    );
    expect(packet.subarray(view.payloadStart)).toEqual(payload);
  });

  it('wrap the time of sending every 64 seconds', () => {
    const stampAt = (nowMs: number) => {
      const packet = rtpPacket({ extensions });
      readRtp(packet, view);
      stampSendTime(packet, view, 3, nowMs);
      return packet.toString('hex');
    };
    expect(stampAt(64_000 + 1_500)).toBe(stampAt(1_500));
  });

  it.each([
    ['none', rtpPacket({ payload })],
    ['another one only', rtpPacket({ extensions: { 1: Buffer.alloc(2) } })],
    ['one too short', rtpPacket({ extensions: { 5: Buffer.alloc(1) } })],
    ['one after the end mark', Buffer.from('906400010000000000000001bede0002f051123400000000', 'hex')],
  ])('give nothing when there is %s', (_name, packet) => {
    expect(readRtp(packet, view)).toBe(true);
    expect(takeTransportSequence(packet, view, 5)).toBe(-1);
  });
});

describe('a retransmission', () => {
  const original = rtpPacket({
    ...{ ssrc: 10, sequence: 99, timestamp: 5, marker: true },
    ...{ extensions: { 3: Buffer.from([1, 2, 3]) }, payload },
  });
  const scratch = Buffer.alloc(2_000);
  const repeated = () => {
    readRtp(original, view);
    return Buffer.from(makeRtx(original, view, { ssrc: 20, payloadType: 96, sequence: 65_537 }, scratch));
  };

  it('has a number, a source and a payload type of its own', () => {
    readRtp(repeated(), view);
    expect(view).toMatchObject({ ssrc: 20, payloadType: 96, sequence: 1, timestamp: 5, marker: true });
  });

  it('becomes the packet that was lost', () => {
    const packet = repeated();
    readRtp(packet, view);
    expect(undoRtx(packet, view, 10, 100)).toEqual(original);
  });

  it('that carries nothing is a probe', () => {
    for (const padded of [rtpPacket({ padding: 40 }), rtpPacket({ payload: Buffer.alloc(2) })]) {
      readRtp(padded, view);
      expect(undoRtx(padded, view, 10, 100)).toBeNull();
    }
  });
});
