import { describe, expect, it } from 'vitest';
import { type AccessChange, changeAccess, isNarrower } from '../../src/core/access.ts';
import type { Meeting } from '../../src/core/meeting.ts';
import { codeOf } from './fixtures.ts';

type State = Pick<Meeting, 'access' | 'allow'>;
const LINK: State = { access: 'link', allow: [] };
const PUBLIC: State = { access: 'public', allow: [] };
const allow = (...uids: string[]): State => ({ access: 'allow', allow: uids });

describe('changing access', () => {
  it.each<[string, State | null, AccessChange, State]>([
    ['starts with the link', null, {}, LINK],
    ['starts as asked: listed', null, { allow: ['a', ' b ', 'a'] }, allow('a', 'b')],
    ['starts as asked: public', null, { public: true }, PUBLIC],
    ['keeps the link', LINK, {}, LINK],
    ['keeps the list', allow('a'), {}, allow('a')],
    ['keeps public', PUBLIC, {}, PUBLIC],
    ['replaces the list', allow('a'), { allow: ['b'] }, allow('b')],
    ['replaces public by a list', PUBLIC, { allow: ['b'], public: false }, allow('b')],
    ['replaces a list by public', allow('a'), { public: true, allow: null }, PUBLIC],
    ['takes public back', PUBLIC, { public: false }, LINK],
    ['takes the list back', allow('a'), { allow: null }, LINK],
    ['keeps a list that was never public', allow('a'), { public: false }, allow('a')],
    ['keeps public that never had a list', PUBLIC, { allow: null }, PUBLIC],
  ])('%s', (_, before, change, after) => {
    expect(changeAccess(before, change)).toEqual(after);
  });

  it.each<[string, AccessChange]>([
    ['public and a list', { public: true, allow: ['a'] }],
    ['an empty list', { allow: [] }],
    ['an empty uid', { allow: [''] }],
    ['a uid with a space', { allow: ['a b'] }],
    ['a uid that starts with a dash', { allow: ['-a'] }],
    ['a uid that starts with an underscore', { allow: ['_a'] }],
    ['a uid of 101 characters', { allow: ['a'.repeat(101)] }],
  ])('refuses %s', async (_, change) => {
    expect(await codeOf(() => changeAccess(null, change))).toBe('BAD_REQUEST');
  });
});

describe('access is narrower', () => {
  it.each<[State, State, boolean]>([
    [LINK, LINK, false],
    [LINK, PUBLIC, false],
    [LINK, allow('a'), true],
    [PUBLIC, PUBLIC, false],
    [PUBLIC, LINK, true],
    [PUBLIC, allow('a'), true],
    [allow('a'), PUBLIC, false],
    [allow('a'), LINK, true],
    [allow('a'), allow('a'), false],
    [allow('a'), allow('b', 'a'), false],
    [allow('a', 'b'), allow('a'), true],
    [allow('a'), allow('b'), true],
  ])('from %j to %j: %s', (before, after, expected) => {
    expect(isNarrower(before, after)).toBe(expected);
  });
});
