import { describe, expect, it } from 'vitest';
import { createBandwidth } from '../../../src/emulator/bridge/bandwidth.ts';

const UNLIMITED = Number.POSITIVE_INFINITY;

describe('the bandwidth of a receiver', () => {
  it('is unlimited until something says otherwise', () => {
    expect(createBandwidth().available(0)).toBe(UNLIMITED);
  });

  it('is not taken from an estimate that grows slower than what is sent', () => {
    const bandwidth = createBandwidth();
    for (const [i, estimate] of [300_000, 320_000, 340_000].entries())
      bandwidth.onEstimate(estimate, 1_500_000, 0, i * 1_000);
    expect(bandwidth.available(3_000)).toBe(UNLIMITED);
  });

  it('is not taken from a fall to more than what is sent', () => {
    const bandwidth = createBandwidth();
    bandwidth.onEstimate(5_000_000, 200_000, 0, 0);
    bandwidth.onEstimate(1_000_000, 200_000, 0, 100);
    expect(bandwidth.available(200)).toBe(UNLIMITED);
  });

  it('is the estimate once that falls below what is sent, for a while', () => {
    const bandwidth = createBandwidth();
    bandwidth.onEstimate(1_800_000, 1_500_000, 0, 0);
    bandwidth.onEstimate(600_000, 1_500_000, 0, 100);
    expect([bandwidth.available(200), bandwidth.available(5_000)]).toEqual([600_000, 600_000]);
    expect(bandwidth.available(8_100)).toBeGreaterThan(1_000_000);
    expect(bandwidth.available(60_000)).toBe(UNLIMITED);
  });

  it('shows everybody while the estimate is not far below what that takes, or nothing is lost', () => {
    const limited = (estimate: number, loss: number) => {
      const bandwidth = createBandwidth();
      bandwidth.onLoss(loss, 300_000, 300_000, 0);
      for (const told of [2_000_000, estimate]) bandwidth.onEstimate(told, 300_000, 300_000, 1_000);
      return bandwidth.available(1_000);
    };
    const lossy = [299_000, 204_000, 150_000, 149_000].map(estimate => limited(estimate, 0.2));
    expect(lossy).toEqual([300_000, 300_000, 300_000, 149_000]);
    expect(limited(30_000, 0)).toBe(300_000);
  });

  it('is tried again later and later while the tries fail', () => {
    const bandwidth = createBandwidth();
    const holds: number[] = [];
    let nowMs = 0;
    for (let i = 0; i < 6; i++) {
      bandwidth.onEstimate(2_000_000, 1_000_000, 0, nowMs);
      bandwidth.onEstimate(500_000, 1_000_000, 0, nowMs);
      const since = nowMs;
      while (bandwidth.available(nowMs) <= 500_000) nowMs += 100;
      holds.push(nowMs - since);
    }
    expect(holds).toEqual([5_100, 10_100, 15_100, 15_100, 15_100, 15_100]);
  });

  it('falls with high losses, but not below what shows everybody', () => {
    const bandwidth = createBandwidth();
    for (let second = 0; second < 30; second++)
      bandwidth.onLoss(
        0.2,
        Math.min(1_000_000, bandwidth.available(second * 1_000)),
        150_000,
        second * 1_000,
      );
    expect(bandwidth.available(30_000)).toBeGreaterThanOrEqual(150_000);
    expect(bandwidth.available(30_000)).toBeLessThan(250_000);
  });

  it('does not mind single losses', () => {
    const bandwidth = createBandwidth();
    bandwidth.onLoss(0.1, 1_000_000, 0, 0);
    expect(bandwidth.available(0)).toBe(UNLIMITED);
  });
});
