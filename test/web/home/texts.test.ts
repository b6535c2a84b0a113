import { expect, it } from 'vitest';
import { de } from '../../../web/home/texts/de.ts';
import { en } from '../../../web/home/texts/en.ts';

/** The sentences of a tree of texts, by their path; functions are called, as they have their words only then. */
function sentences(tree: unknown, path = ''): [string, string][] {
  if (typeof tree === 'string') return [[path, tree]];
  if (typeof tree === 'function') return [[path, String(tree('<1>', '<2>'))]];
  return Object.entries(tree as object).flatMap(([name, inner]) => sentences(inner, `${path}.${name}`));
}

const english = new Map(sentences(en));

it('says everything in German that it says in English, and not in English', () => {
  const same = sentences(de).filter(([path, text]) => english.get(path) === text && / /.test(text));
  expect(sentences(de).map(([path]) => path)).toEqual([...english.keys()]);
  expect(same.filter(([path]) => !path.endsWith('.command'))).toEqual([]);
});

it('leaves nothing out of a sentence that it is filled with', () => {
  const slots = (text: string) => text.match(/<\d>/g)?.sort();
  for (const [path, text] of sentences(de))
    expect([path, slots(text)]).toEqual([path, slots(english.get(path) ?? '')]);
});
