import { describe, expect, it } from 'vitest';
import { createAllowance } from '../../../src/emulator/channel/allowance.ts';

describe('an allowance', () => {
  it('is used up in a burst, and comes back with time, up to the burst again', () => {
    let now = 0;
    const allowance = createAllowance({ burst: 10, perSecond: 2, now: () => now });
    const taken = (cost: number) => allowance.take(cost);
    expect([taken(6), taken(4), taken(1)]).toEqual([true, true, false]);
    now = 500;
    expect([taken(1), taken(1)]).toEqual([true, false]);
    now = 60_000;
    expect([taken(10), taken(1)]).toEqual([true, false]);
  });

  it('is not used up by what was too much', () => {
    const allowance = createAllowance({ burst: 10, perSecond: 1, now: () => 0 });
    expect([allowance.take(11), allowance.take(10)]).toEqual([false, true]);
  });
});
