import { expect, it } from 'vitest';
import { sayClock, sayRemaining } from '../../../web/drawer/remaining.ts';
import { WORDS } from '../../../web/drawer/words.ts';

/** Those that are the same word in both. */
const SAME = ['SDK', 'DTLS', 'SRTP', 'Codecs', 'Tokens', 'Live', 'Name'];

function sentences(tree: object, path = ''): [string, string][] {
  return Object.entries(tree).flatMap(([name, inner]): [string, string][] => {
    if (typeof inner === 'object') return sentences(inner, `${path}${name}.`);
    return [[path + name, typeof inner === 'function' ? inner('<1>', '<2>') : inner]];
  });
}

it('has German words for all English ones, with all that belongs into them', () => {
  const english = new Map(sentences(WORDS.en));
  const german = sentences(WORDS.de);
  const slots = (text: string) => text.match(/<\d>/g);
  expect(german.map(([path]) => path)).toEqual([...english.keys()]);
  expect(german.filter(([path, text]) => text === english.get(path) && !SAME.includes(text))).toEqual([]);
  expect(german.map(([, text]) => slots(text))).toEqual([...english.values()].map(slots));
});

it.each([
  [0, '00:00'],
  [999, '00:00'],
  [59_000, '00:59'],
  [3_599_999, '59:59'],
  [3_600_000, '1:00:00'],
  [86_399_000, '23:59:59'],
  [86_400_000, '1 d 00:00:00'],
  [-61_000, '01:01'],
])('%d ms are %s', (ms, clock) => {
  expect(sayClock(ms)).toBe(clock);
});

it.each([
  [61_000, '01:01 left'],
  [0, 'expired 00:00 ago'],
  [-61_000, 'expired 01:01 ago'],
])('%d ms to go: %s', (ms, text) => {
  expect(sayRemaining(ms)).toBe(text);
});
