import { describe, expect, it } from 'vitest';
import { sayName, sayValue } from '../../../web/drawer/claim-words.ts';
import { readClaims } from '../../../web/drawer/claims.ts';

const base64url = (text: string) => {
  const binary = String.fromCharCode(...new TextEncoder().encode(text));
  return btoa(binary).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
};
const encode = (value: unknown) => base64url(JSON.stringify(value));
const tokenOf = (payload: unknown) => `${encode({ alg: 'HS256' })}.${encode(payload)}.c2lnbmF0dXJl`;

describe('the claims of a token', () => {
  it.each([
    [
      { uid: 'alice', exp: 1_795_296_402 },
      { uid: 'alice', exp: 1_795_296_402 },
    ],
    [{ name: 'Zoë Жук 好 🦊?>~' }, { name: 'Zoë Жук 好 🦊?>~' }],
    [
      { data: { user: { uid: 'bob' } }, ok: true, no: null },
      { 'data.user.uid': 'bob', ok: true, no: null },
    ],
    [{ aud: ['a', 'b'] }, { 'aud.0': 'a', 'aud.1': 'b' }],
    [{}, {}],
  ])('%j are read as %j', (payload, claims) => {
    expect(readClaims(tokenOf(payload))).toEqual(claims);
  });

  it.each([
    ['an opaque token', 'alice_1795296402af3c99e4b1'],
    ['nothing', ''],
    ['no JSON', `a.${base64url('{')}.b`],
    ['no base64', 'a.§§.b'],
    ['no object', tokenOf(7)],
    ['null', tokenOf(null)],
  ])('cannot be read from %s', (_, token) => {
    expect(readClaims(token)).toBeNull();
  });

  it('are few, however many a token has', () => {
    const many = Object.fromEntries(Array.from({ length: 500 }, (_, index) => [`c${index}`, index]));
    expect(Object.keys(readClaims(tokenOf(many)) ?? {})).toHaveLength(60);
  });

  it.each([
    ['data.user.uid', 'alice', 'User', 'alice'],
    ['exp', 1_795_296_402, 'Expires', expect.stringMatching(/^2[12] Nov 2026, \d\d:\d\d:42$/)],
    ['jti', 'd986cf02-7c6e-4f0e', 'Its own id', 'd986… (hidden)'],
    ['data.authHash', 'b2f1a8', '', 'b2f1… (hidden)'],
    ['data.user.avatar', '', '', '–'],
    ['constructor', 'x', '', 'x'],
    ['admin', false, '', 'false'],
  ])('%s: %j is called %j and shown as %j', (path, value, name, shown) => {
    expect([sayName(path), sayValue(path, value)]).toEqual([name, shown]);
  });
});
