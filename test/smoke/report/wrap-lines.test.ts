import { stripVTControlCharacters } from 'node:util';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { wrapLines } from '../../../src/smoke/report/wrap-lines.ts';

it.each([
  ['what fits', '  short', 20, '  short'],
  ['words', '  passed in 4 s: two people met', 20, '  passed in 4 s:\n    two people met'],
  [
    'a value below its column',
    '  left behind  no connections, no live tracks',
    32,
    '  left behind  no connections,\n               no live tracks',
  ],
  [
    'a value that has no room',
    '  gone for the other  50 ms after',
    24,
    '  gone for the other\n    50 ms after',
  ],
  [
    'a word that is too long, whole',
    '  sdk  @cometchat/calls-sdk 4',
    12,
    '  sdk\n    @cometchat/calls-sdk\n    4',
  ],
])('breaks %s', (_, text, columns, lines) => {
  expect(wrapLines(text, columns)).toBe(lines);
});

it('breaks nothing for a pipe', () => {
  expect(wrapLines('x '.repeat(300), undefined)).toBe('x '.repeat(300));
});

it('gives colours no room', () => {
  const bold = '\u001b[1mpassed\u001b[22m in 4 s';
  expect(wrapLines(bold, 14)).toBe(bold);
});

it('loses no word, and has no line wider than it must', () => {
  fc.assert(
    fc.property(
      fc.array(fc.stringMatching(/^[a-z]{1,9}$/)),
      fc.integer({ min: 24, max: 80 }),
      (words, columns) => {
        const wrapped = wrapLines(`  ${words.join(' ')}`, columns);
        expect(wrapped.split(/\s+/).filter(Boolean)).toEqual(words);
        for (const line of wrapped.split('\n'))
          expect(stripVTControlCharacters(line).length).toBeLessThan(columns);
      },
    ),
  );
});
