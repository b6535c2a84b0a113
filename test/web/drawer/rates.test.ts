import { describe, expect, it } from 'vitest';
import { ratesBetween } from '../../../web/drawer/rates.ts';
import { type Stat, takeSample } from '../../../web/drawer/sample.ts';

const video = (ssrc: number, bytesReceived: number, framesDecoded: number, more = {}): Stat => ({
  type: 'inbound-rtp',
  kind: 'video',
  ssrc,
  bytesReceived,
  framesDecoded,
  packetsReceived: bytesReceived / 1000,
  ...more,
});
const sent = (ssrc: number, bytesSent: number, framesSent: number): Stat => ({
  type: 'outbound-rtp',
  kind: 'video',
  ssrc,
  bytesSent,
  framesSent,
  packetsSent: bytesSent / 1000,
});
const between = (before: Stat[], after: Stat[], ms = 2_000) =>
  ratesBetween(takeSample(before, 10_000), takeSample(after, 10_000 + ms));

describe('what two samples tell', () => {
  it.each<[string, Stat[], Stat[], object]>([
    [
      'of nothing',
      [],
      [],
      { upKbps: null, downKbps: null, upFps: null, downFps: null, downLossPercent: null },
    ],
    [
      'of a picture that arrives',
      [video(1, 10_000, 5)],
      [video(1, 60_000, 65)],
      { at: 12_000, downKbps: 200, downFps: 30, downLossPercent: 0, upKbps: null, upFps: null },
    ],
    [
      'headers count',
      [video(1, 0, 0, { headerBytesReceived: 0 })],
      [video(1, 50_000, 60, { headerBytesReceived: 2_500 })],
      { downKbps: 210 },
    ],
    [
      'of two pictures, one still',
      [video(1, 0, 0), video(2, 9_000, 7)],
      [video(1, 50_000, 48), video(2, 9_000, 7)],
      { downKbps: 200, downFps: 24 },
    ],
    [
      'of the fastest layer',
      [sent(1, 0, 0), sent(2, 0, 0)],
      [sent(1, 9_000, 30), sent(2, 50_000, 60)],
      { upFps: 30 },
    ],
    [
      'of losses',
      [video(1, 0, 0, { packetsLost: 2 })],
      [video(1, 30_000, 60, { packetsLost: 12 })],
      { downLossPercent: 25 },
    ],
    [
      'of packets that were only late',
      [video(1, 0, 0, { packetsLost: 5 })],
      [video(1, 30_000, 60, { packetsLost: 2 })],
      { downLossPercent: 0 },
    ],
    ['of a stream that began', [], [video(1, 50_000, 20)], { downKbps: 200, downFps: 10 }],
    [
      'of a stream that began anew',
      [video(1, 90_000, 99)],
      [video(1, 50_000, 20)],
      { downKbps: 200, downFps: 10 },
    ],
    ['of a stream that ended', [video(1, 90_000, 99)], [], { downKbps: null, downFps: null }],
    [
      "the others' word on what was sent",
      [],
      [{ type: 'remote-inbound-rtp', fractionLost: 0.04, roundTripTime: 0.05 }],
      { upLossPercent: 4, roundTripMs: 50 },
    ],
    [
      'the way of the pair in use before it',
      [],
      [
        { type: 'remote-inbound-rtp', roundTripTime: 0.5 },
        { type: 'transport', selectedCandidatePairId: 'b' },
        { type: 'candidate-pair', id: 'a', nominated: true, state: 'succeeded', currentRoundTripTime: 0.9 },
        { type: 'candidate-pair', id: 'b', currentRoundTripTime: 0.012 },
      ],
      { roundTripMs: 12, upLossPercent: 0 },
    ],
  ])('%s', (_, before, after, expected) => {
    expect(between(before, after)).toMatchObject(expected);
  });

  it('is nothing where no time has passed', () => {
    expect(between([], [video(1, 1, 1)], 0)).toBeNull();
  });
});
