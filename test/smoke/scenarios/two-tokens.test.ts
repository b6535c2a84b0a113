import { describe, expect, it } from 'vitest';
import { judgeTokens } from '../../../src/smoke/scenarios/two-tokens.ts';

describe('judgeTokens', () => {
  it.each([
    ['a fresh one for each join', { first: ['a'], second: ['b'], other: ['c'] }, null],
    ['the same one twice', { first: ['a'], second: ['a'], other: ['c'] }, 'alice joined twice with the same'],
    [
      'an old one beside a new',
      { first: ['a'], second: ['b', 'a'], other: ['c'] },
      'joined twice with the same',
    ],
    [
      "the other's at first",
      { first: ['c'], second: ['b'], other: ['c'] },
      'alice and bob joined with the same',
    ],
    [
      "the other's later",
      { first: ['a'], second: ['c'], other: ['c'] },
      'alice and bob joined with the same',
    ],
    [
      'none the second time',
      { first: ['a'], second: [], other: ['c'] },
      'without a call token that was seen',
    ],
  ])('judges %s', (_, tokens, words) => {
    const complaint = judgeTokens(tokens);
    if (words === null) expect(complaint).toBeNull();
    else expect(complaint).toContain(words);
  });
});
