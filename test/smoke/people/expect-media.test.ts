import { describe, expect, it } from 'vitest';
import { chooseLeaver, expectMedia, peopleInside, signOf } from '../../../src/smoke/people/expect-media.ts';
import { parseCast } from '../../../src/smoke/people/parse-cast.ts';

const namesFor = (people: string) =>
  expectMedia(parseCast(people)).map(
    ({ receiver, sender, medium }) => `${receiver.name}<${sender.name} ${medium}`,
  );

describe('expectMedia', () => {
  it.each([
    ['alice,bob', ['alice<bob video', 'alice<bob audio', 'bob<alice video', 'bob<alice audio']],
    ['alice,bob:voice', ['alice<bob audio', 'bob<alice video', 'bob<alice audio']],
    ['alice,dan:observer', ['dan<alice video', 'dan<alice audio']],
    ['ann:voice,bo:voice,eve:denied', ['ann<bo audio', 'bo<ann audio']],
  ])('of %s wants each picture and tone there is', (people, expected) => {
    expect(namesFor(people)).toEqual(expected);
  });

  it('wants 264 of twelve people', () => {
    expect(namesFor('12')).toHaveLength(12 * 11 * 2);
  });
});

describe('chooseLeaver', () => {
  it.each([
    ['alice,bob', 'alice'],
    ['eve:denied,ann:voice,bo,cy', 'bo'],
    ['dan:observer,ann:voice', 'ann'],
  ])('of %s takes %s, whose going the others notice', (people, name) => {
    const leaver = chooseLeaver(parseCast(people));
    expect(leaver?.name).toBe(name);
    expect(leaver && signOf(leaver)).not.toBeNull();
  });
});

describe('peopleInside', () => {
  it('leaves out who is denied', () => {
    expect(peopleInside(parseCast('alice,bob,eve:denied')).map(({ name }) => name)).toEqual(['alice', 'bob']);
  });
});
