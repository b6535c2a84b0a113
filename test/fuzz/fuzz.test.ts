import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { spoiltBytes, spoiltText } from './mutations.ts';

// The fuzzers prove nothing if their cases are all noise, or all good.
describe('the cases of the fuzzers', () => {
  it('are mostly near a good message, and rarely the same', () => {
    const sample = Buffer.from('000100002112a442aabbccddeeff00112233445566', 'hex');
    const cases = fc.sample(spoiltBytes([sample]), 1_000);
    const good = cases.filter(bytes => bytes.equals(sample)).length;
    const near = cases.filter(bytes => bytes.subarray(4, 8).equals(sample.subarray(4, 8))).length;
    expect(good).toBeLessThan(400);
    expect(near).toBeGreaterThan(200);
  });

  it('mix markup with noise', () => {
    const cases = fc.sample(spoiltText(['<a b="c">d</a>'.repeat(20)], ['<', '&#0;', ']]>']), 1_000);
    expect(cases.filter(text => text.includes('<a b=')).length).toBeGreaterThan(400);
    expect(cases.filter(text => text.includes('&#0;')).length).toBeGreaterThan(50);
  });
});
