import { describe, expect, it } from 'vitest';
import { AUTH, alice, blame, CALL, said, socket, words } from '../alice.ts';

describe('web/token-logged', () => {
  it.each([
    ['a call token', CALL, "the page's call token was written"],
    ['a call token as an address has it', `at=${encodeURIComponent(CALL)}`, 'call token'],
    ['a call token within a word', `token:${CALL}`, 'call token'],
    ['an auth token', AUTH, "the page's auth token was written"],
  ])('finds %s in the console', (_, word, expected) => {
    const facts = alice(said('something-quite-long', word));
    expect(blame(facts)).toEqual(['web/token-logged error']);
    expect(words(facts)).toContain(expected);
  });

  it('finds a token that only the signalling was opened with', () => {
    const facts = alice({ sockets: [socket('token-of-a-socket', 2, null)], ...said('token-of-a-socket') });
    expect(blame(facts)).toEqual(['web/token-logged error']);
  });

  it.each([
    ['other long words', 'something-quite-long'],
    ['the beginning of a token', CALL.slice(0, -1)],
    ["the SDK's own words about its socket", socket(CALL, 1, null).url],
    ['a token of nobody', 'eyJhbGciOi.eyJkYXRhIjp7fQ.c2lnbmF0dXJl'],
  ])('says nothing of %s', (_, word) => {
    expect(blame(alice(said(word)))).toEqual([]);
  });

  it('takes nothing short for a token', () => {
    const short = alice({ sockets: [socket('undefined', 2, null)], ...said('undefined-behaviour') });
    expect(blame(short)).toEqual([]);
  });
});
