import { describe, expect, it } from 'vitest';
import { type Traffic, weatherBetween } from '../../../src/smoke/people/weather.ts';

const before: Traffic = {
  t: 10_000,
  soundReceived: 100,
  soundLost: 5,
  jitterMs: 3,
  roundTripMs: 2,
  bytes: 50_000,
};

describe('weatherBetween', () => {
  it.each([
    ['a fifth lost', { soundReceived: 180, soundLost: 25 }, { soundPackets: 100, lossPercent: 20 }],
    ['nothing sent', {}, { soundPackets: 0, lossPercent: 0 }],
    // A late packet is taken back from those lost.
    ['fewer lost than before', { soundReceived: 150, soundLost: 3 }, { soundPackets: 50, lossPercent: 0 }],
    ['a rate', { bytes: 75_000 }, { kilobitsPerSecond: 100 }],
    ['what is measured already', { jitterMs: 19, roundTripMs: 303 }, { jitterMs: 19, roundTripMs: 303 }],
  ])('tells %s', (_, changes, weather) => {
    expect(weatherBetween(before, { ...before, t: 12_000, ...changes })).toMatchObject({
      t: 12_000,
      ...weather,
    });
  });

  it('does not divide by no time', () => {
    expect(weatherBetween(before, before).kilobitsPerSecond).toBe(0);
  });
});
