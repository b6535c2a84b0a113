import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createMissingPackets } from '../../../src/emulator/bridge/missing.ts';

const noted = (...sequences: number[]) => {
  const missing = createMissingPackets();
  for (const sequence of sequences) missing.note(sequence, 0);
  return missing;
};

describe('missing packets', () => {
  it.each([
    ['nothing while all arrive', [5, 6, 7], []],
    ['what lies between two arrivals', [5, 9], [6, 7, 8]],
    ['nothing that came late', [5, 8, 7, 6], []],
    ['nothing from before the first one', [5, 3], []],
  ])('are %s', (_name, arrivals, expected) => {
    expect(noted(...arrivals).due(0)).toEqual(expected);
  });

  it('are asked for again after longer and longer waits, then given up', () => {
    const missing = noted(1, 3);
    const asked: number[] = [];
    for (let nowMs = 0; nowMs < 3_000; nowMs += 10) if (missing.due(nowMs).length > 0) asked.push(nowMs);
    const waits = asked.slice(1).map((at, i) => at - (asked[i] ?? 0));
    expect(waits.every((wait, i) => wait >= (waits[i - 1] ?? 40))).toBe(true);
    expect(asked.length).toBeGreaterThan(3);
    expect(asked.at(-1)).toBeLessThanOrEqual(1_000);
    expect(missing.size).toBe(0);
  });

  it('are too many for asking after a long gap', () => {
    const missing = createMissingPackets();
    expect([missing.note(1, 0), missing.note(1_000, 0), missing.note(1_002, 0)]).toEqual([true, false, true]);
    expect(missing.due(0)).toEqual([1_001]);
  });

  it('are forgotten when the source is not wanted any more', () => {
    const missing = noted(1, 5);
    missing.reset();
    missing.note(50, 0);
    expect(missing.due(0)).toEqual([]);
  });

  it('are never more than fit a request, nor ever one that came', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(2_000), { minLength: 1, maxLength: 300 }), sequences => {
        const missing = noted(...sequences);
        const due = missing.due(0);
        expect(due.length).toBeLessThanOrEqual(256);
        expect(due.filter(sequence => sequences.includes(sequence))).toEqual([]);
      }),
    );
  });
});
