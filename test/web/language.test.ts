import { expect, it } from 'vitest';
import { chooseLanguage } from '../../web/language.ts';
import { de } from '../../web/texts/de.ts';
import { en } from '../../web/texts/en.ts';

it.each([
  [['de-AT', 'en'], 'de'],
  [['en-US', 'de'], 'en'],
  [['fr', 'de', 'en'], 'de'],
  [['DE'], 'de'],
  [['fr', 'it'], 'en'],
  [['den'], 'en'],
  [[], 'en'],
])('of %j chooses %s', (wanted, expected) => {
  expect(chooseLanguage(wanted)).toBe(expected);
});

/** The sentences of a tree of texts, by their path; functions are called, as they have their words only then. */
function sentences(tree: unknown, path = ''): [string, string][] {
  if (typeof tree === 'string') return [[path, tree]];
  if (typeof tree === 'function') return [[path, String(tree('<1>', '<2>', '<3>'))]];
  return Object.entries(tree as object).flatMap(([name, inner]) => sentences(inner, `${path}.${name}`));
}

it('says everything in German that it says in English, and not in English', () => {
  const english = new Map(sentences(en));
  const same = sentences(de).filter(([path, text]) => english.get(path) === text && / /.test(text));
  const withoutCommands = same.filter(([path]) => !path.endsWith('.command') && path !== '.sdk');
  expect(sentences(de).map(([path]) => path)).toEqual([...english.keys()]);
  expect(withoutCommands).toEqual([]);
});

it('leaves nothing out of a sentence that it is filled with', () => {
  const slots = (text: string) => text.match(/<\d>/g)?.sort();
  const english = new Map(sentences(en));
  for (const [path, text] of sentences(de))
    expect([path, slots(text)]).toEqual([path, slots(english.get(path) ?? '')]);
});
