import { describe, expect, it } from 'vitest';
import { sessionOf, tokenIn, tokensOf, withoutTokens } from '../../../src/smoke/lint/tokens.ts';
import { AUTH, alice, CALL, generates, joins, OTHER, request, socket } from './alice.ts';

const tokens = tokensOf(alice());

function jwt(claims: string): string {
  return `header.${Buffer.from(claims).toString('base64url')}.signature`;
}

describe('tokensOf', () => {
  it('gives each token that went over the wire once, by its kind', () => {
    const facts = alice({ sockets: [socket(CALL, 1, 2), socket(OTHER, 3, null), socket('', 4, null)] });
    expect(tokensOf(facts)).toEqual([
      { kind: 'call token', value: CALL },
      { kind: 'call token', value: OTHER },
      { kind: 'auth token', value: AUTH },
    ]);
  });

  it.each(['', 'undefined', 'null', 'short-token'])('takes %j for none', value => {
    const requests = [request({ authToken: value, callToken: value })];
    expect(tokensOf(alice({ requests, sockets: [socket(value, 1, null)] }))).toEqual([]);
  });
});

describe('tokenIn', () => {
  it.each([
    ['as it is', `a ${CALL} b`, 'call token'],
    ['as an address has it', `/?t=${encodeURIComponent(CALL)}`, 'call token'],
    ['as a part of a word', `x${AUTH}x`, 'auth token'],
    ['not at all', 'a-long-word-of-nobody', undefined],
    ['cut short', CALL.slice(1), undefined],
    ['in no text', '', undefined],
  ])('finds a token %s', (_, text, kind) => {
    expect(tokenIn(text, tokens)?.kind).toBe(kind);
  });
});

describe('withoutTokens', () => {
  it.each([
    ['keeps what is none', 'left after 5 ms', 'left after 5 ms'],
    ['takes every one', `${CALL} and ${AUTH}, ${CALL}`, '(call token) and (auth token), (call token)'],
    ['takes those of addresses', `?t=${encodeURIComponent(CALL)}`, '?t=(call token)'],
  ])('%s', (_, text, expected) => {
    expect(withoutTokens(text, tokens)).toBe(expected);
  });
});

describe('sessionOf', () => {
  it.each([
    ['the body of a token request', generates, 'room-1'],
    ["a call token's data", { ...joins, callToken: jwt('{"data":{"sessionId":"room-2"}}') }, 'room-2'],
    ["a call token's claims", { ...joins, callToken: jwt('{"sessionId":"room-3"}') }, 'room-3'],
    ['a body that is no JSON', { ...generates, body: 'room-1' }, null],
    ['a body without it', { ...generates, body: 'null' }, null],
    ['a session that is no text', { ...generates, body: '{"sessionId":{"a":1}}' }, null],
    ['a token that is no JWT', joins, null],
    ['claims that are no JSON', { ...joins, callToken: jwt('room') }, null],
    ['another request', request({ url: 'https://app.example.com/api' }), null],
  ])('reads %s', (_, asked, expected) => {
    expect(sessionOf(asked)).toBe(expected);
  });
});
