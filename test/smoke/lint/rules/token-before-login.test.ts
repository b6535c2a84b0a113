import { describe, expect, it } from 'vitest';
import { alice, aliceWith, asks, blame, generates, joins, request, said } from '../alice.ts';

const generatesWith = (authToken: string | null) =>
  alice({ requests: [asks, { ...generates, authToken }, joins] });

describe('web/token-before-login', () => {
  it.each([
    ['no auth token', generatesWith(null)],
    ['an empty one', generatesWith('')],
    ['what v4 makes of none', generatesWith('undefined')],
    ['null in letters', generatesWith('null')],
    ["v5's word for it", alice(said('ERROR_AUTH_TOKEN_MISSING'))],
    ["v4's words for it", alice(said('Argument authToken is missing'))],
  ])('finds a call token that is asked for with %s', (_, facts) => {
    expect(blame(facts)).toEqual(['web/token-before-login error']);
  });

  it.each([
    ['a login before the token', alice()],
    ['a call token that is looked up', aliceWith(request({ method: 'GET' }))],
    ['the preflight, which has no headers', aliceWith(request({ method: 'OPTIONS' }))],
    [
      'a question to its own server',
      aliceWith(request({ url: 'https://app.example.com/api/call-token', body: 'room-1' })),
    ],
  ])('says nothing of %s', (_, facts) => {
    expect(blame(facts)).toEqual([]);
  });
});
