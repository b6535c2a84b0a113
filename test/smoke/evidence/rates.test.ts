import { describe, expect, it } from 'vitest';
import { ratesBetween, ratesOf } from '../../../src/smoke/evidence/rates.ts';
import { connectionWith, sampleAt, streamWith } from './samples.ts';

describe('rates between two samples', () => {
  it('are bits, frames and losses per second of what grew', () => {
    const before = sampleAt(1000, [
      streamWith({ id: 'i', bytes: 1000, frames: 10, packets: 90, lost: 0 }),
      streamWith({ id: 'o', way: 'out', bytes: 500, frames: 5, packets: 50 }),
    ]);
    const after = sampleAt(1500, [
      streamWith({ id: 'i', bytes: 11_000, frames: 25, packets: 185, lost: 5, jitter: 0.004 }),
      streamWith({ id: 'o', way: 'out', bytes: 5500, frames: 20, packets: 150, lost: 2 }),
    ]);
    expect(ratesBetween(before, after)).toEqual({
      ...{ t: 1500, downKbps: 160, upKbps: 80, framesIn: 30, framesOut: 30 },
      ...{ lossIn: 5, lossOut: 2, roundTripMs: null, jitterMs: 4 },
    });
  });

  it.each([
    ['a stream that began since counts from nothing', [], [streamWith({ bytes: 125 })], { downKbps: 1 }],
    [
      'a counter that went back counts as nothing',
      [streamWith({ lost: 9 })],
      [streamWith({ lost: 3 })],
      { lossIn: 0 },
    ],
    ['nothing sent is nothing lost', [], [streamWith({ way: 'out', lost: 3 })], { lossOut: 0 }],
    [
      'layers of one camera count as the best of them',
      [],
      [streamWith({ id: 'a', way: 'out', frames: 15 }), streamWith({ id: 'b', way: 'out', frames: 30 })],
      { framesOut: 30 },
    ],
    [
      'pictures that stand still do not pull the others down',
      [],
      [streamWith({ id: 'a', bytes: 9, frames: 24 }), streamWith({ id: 'b' })],
      { framesIn: 24 },
    ],
  ])('%s', (_, before, after, expected) => {
    expect(ratesBetween(sampleAt(0, before), sampleAt(1000, after))).toMatchObject(expected);
  });

  it('take the round trip from the pair in use before any stream', () => {
    const pair = {
      local: 'l',
      remote: 'r',
      state: 'succeeded',
      requestsSent: 1,
      responsesReceived: 1,
      bytes: 1,
    };
    const connection = connectionWith({
      pairs: [
        { ...pair, nominated: false, roundTrip: 0.9 },
        { ...pair, nominated: true, roundTrip: 0.012 },
      ],
      streams: [streamWith({ way: 'out', roundTrip: 0.5 })],
    });
    const sample = (t: number) => ({ t, document: 'd', connections: [connection] });
    expect(ratesBetween(sample(0), sample(500)).roundTripMs).toBe(12);
  });
});

describe('rates of a run', () => {
  it('compare a document with itself only', () => {
    const samples = [
      sampleAt(1000, [streamWith({ bytes: 1000 })], 'first'),
      sampleAt(1500, [streamWith({ bytes: 0 })], 'second'),
      sampleAt(2000, [streamWith({ bytes: 2000 })], 'first'),
    ];
    expect(ratesOf(samples).map(({ t, downKbps }) => [t, downKbps])).toEqual([
      ...[
        [1000, 16],
        [1500, 0],
      ],
      [2000, 8],
    ]);
  });

  it('count a connection from its begin, whatever was before it', () => {
    const connect = (id: string, bytes: number) => connectionWith({ id, streams: [streamWith({ bytes })] });
    const samples = [
      { t: 1000, document: 'd', connections: [connect('first', 1000)] },
      // Eight seconds without a call are not a slow call.
      { t: 9000, document: 'd', connections: [connect('second', 3000)] },
    ];
    expect(ratesOf(samples).map(({ downKbps }) => downKbps)).toEqual([16, 48]);
  });
});
