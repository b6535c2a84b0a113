import fc from 'fast-check';
import { expect, it } from 'vitest';
import { collectGarbage } from '../people/holding.ts';

/** `npm run fuzz` asks for 100,000; the everyday tests take enough to notice what broke today. */
export const CASES = Number(process.env.MEET_FUZZ_CASES ?? 2_000);
/** No parser here needs a millisecond; the rest is for a collector's pause on a busy machine. */
export const SLOWEST_MS = 500;
/** What may stay behind after thousands of cases: the engine's own tables, no case's. */
export const GROWTH_BYTES = 8 * 2 ** 20;

/**
 * Lets `parse` read what strangers may send: it never throws, never takes long, and keeps nothing. A counterexample is
 * printed with the seed that finds it again.
 */
export function fuzz<T>(name: string, cases: fc.Arbitrary<T>, parse: (input: T) => unknown): void {
  it(`${name}: no throw, no hang, no growth`, { timeout: 60_000 + CASES * 5 }, () => {
    let slowest = 0;
    const property = fc.property(cases, input => {
      const start = performance.now();
      parse(input);
      slowest = Math.max(slowest, performance.now() - start);
    });
    // The first half warms up compilers and caches; only what the second half adds is growth.
    const half = () => {
      fc.assert(property, { numRuns: Math.ceil(CASES / 2) });
      collectGarbage();
      return process.memoryUsage().heapUsed;
    };
    const before = half();
    expect(half() - before).toBeLessThan(GROWTH_BYTES);
    expect(slowest).toBeLessThan(SLOWEST_MS);
  });
}
