import { describe, expect, it } from 'vitest';
import { type CastMember, fullMember } from '../../../src/smoke/people/cast.ts';
import { parseCast } from '../../../src/smoke/people/parse-cast.ts';

const memberWith = (name: string, changes: Partial<CastMember>): CastMember => ({
  ...fullMember(name),
  ...changes,
});

describe('parseCast', () => {
  it.each([
    ['2', ['alice', 'bob']],
    [' 4 ', ['alice', 'bob', 'carol', 'dan']],
    ['Ann,bo-1', ['Ann', 'bo-1']],
    ['x:full, y', ['x', 'y']],
  ])('reads %j as people with all they need', (text, names) => {
    expect(parseCast(text)).toEqual(names.map(fullMember));
  });

  it('gives twelve people twelve names', () => {
    expect(new Set(parseCast('12').map(({ name }) => name)).size).toBe(12);
  });

  it('reads what is special about whom', () => {
    expect(parseCast('alice,bob:voice,carol:late,dan:observer,eve:denied,fay:voice+late')).toEqual([
      fullMember('alice'),
      memberWith('bob', { role: 'voice' }),
      memberWith('carol', { late: true }),
      memberWith('dan', { role: 'observer' }),
      memberWith('eve', { role: 'denied' }),
      memberWith('fay', { role: 'voice', late: true }),
    ]);
  });

  it.each([
    ['0', 'a meeting needs two people or more'],
    ['1', 'a meeting needs two people or more'],
    ['13', 'at most 12 people can be told apart by colour and tone; ask for fewer'],
    ['alice', 'a meeting needs two people or more'],
    ['a,b,c,d,e,f,g,h,i,j,k,l,m', 'at most 12 people can be told apart'],
    ['', '"" is no name'],
    ['-3', '"-3" is no name'],
    ['2.5', '"2.5" is no name: up to 30 letters, digits, - and _, as in --people 3 or'],
    ['alice,,bob', '"" is no name'],
    ['alice,bob smith', '"bob smith" is no name'],
    ['alice,bob:silent', '"silent" is nothing bob can be: voice, observer, denied or late'],
    ['alice,bob:', '"" is nothing bob can be'],
    ['alice,bob:voice:late', '"bob:voice:late" has two colons; join what is special by +: voice+late'],
    ['alice,bob:voice+denied', 'bob cannot be both voice and denied; choose one'],
    ['alice,Alice', 'two people are called alice; give each a name of her own'],
    ['alice,bob:denied', 'nobody meets whom the browser denies camera and microphone; add two'],
    ['ann:observer,bo:observer', 'observers neither show nor say anything to prove; let one have'],
    ['ann:late,bo:late,cy:denied', 'somebody has to be there before the late; leave out one late'],
  ])('refuses %j and names the fix', (text, words) => {
    expect(() => parseCast(text)).toThrow(
      expect.objectContaining({
        code: 'BAD_REQUEST',
        message: expect.stringContaining(`--people: ${words}`),
      }),
    );
  });
});
