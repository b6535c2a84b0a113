import { describe, expect, it } from 'vitest';
import { alice, asks, blame, generates, joins, PAGE, request } from '../alice.ts';

const LOGIN = 'https://1234.api-eu.cometchat.io/v3.0/users/alice/auth_tokens';

function jwt(claims: object): string {
  return `header.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.signature`;
}

const opens = (personal: boolean) =>
  request({ method: 'GET', type: 'document', url: `${PAGE}/meet/room-1`, personal });
const asksFirst = (...first: Parameters<typeof request>) =>
  alice({ requests: [request(...first), generates, joins] });

describe('web/missing-authorize', () => {
  it.each([
    ['asked nobody', alice({ requests: [generates, joins] })],
    ['asked too late', alice({ requests: [generates, asks, joins] })],
    ['only fetched a file', asksFirst({ url: `${PAGE}/room-1.json` })],
    ['only fetched its picture', asksFirst({ url: `${PAGE}/api/room-1`, type: 'image' })],
    ['is the same for everybody', alice({ requests: [opens(false), generates, joins] })],
    ['asked about something else', asksFirst({ url: `${PAGE}/api/me` })],
    ["asked CometChat's own users", asksFirst({ url: LOGIN, body: 'room-1' })],
    [
      'got its token from its server, and never named the room',
      alice({ requests: [request({ ...joins, callToken: jwt({ sessionId: 'room-1' }) })] }),
    ],
  ])('remarks on a page that %s', (_, facts) => {
    expect(blame(facts)).toEqual(['web/missing-authorize info']);
  });

  it.each([
    ['asked its server', alice()],
    ['asked by address, in other letters', asksFirst({ method: 'GET', url: `${PAGE}/api/Room-1/me` })],
    ['asked by XHR, elsewhere', asksFirst({ type: 'xhr', url: 'https://api.example.org/', body: 'room-1' })],
    ['was made for this person', alice({ requests: [opens(true), generates, joins] })],
    [
      'got its token from its server',
      alice({ requests: [asks, request({ ...joins, callToken: jwt({ data: { sessionId: 'Room-1' } }) })] }),
    ],
    [
      'has a key for development, and no server',
      alice({ requests: [request({ url: LOGIN, keyed: true }), generates, joins] }),
    ],
    ['never got as far as a token', alice({ requests: [] })],
    ['joins what cannot be read', alice({ requests: [joins] })],
    ['joins with claims that are no JSON', alice({ requests: [{ ...joins, callToken: 'a.bm8.c' }] })],
  ])('says nothing of a page that %s', (_, facts) => {
    expect(blame(facts)).toEqual([]);
  });
});

describe('server/no-authorize-route', () => {
  const invented = (...requests: ReturnType<typeof request>[]) => alice({ invented: true, requests });

  it('warns when a made-up session gets a token after a server was asked', () => {
    expect(blame(alice({ invented: true }))).toEqual(['server/no-authorize-route warning']);
  });

  it.each([
    ['somebody made the session', alice()],
    ['CometChat refused the token', invented(asks, { ...generates, status: 401 })],
    ['CometChat never answered', invented(asks, { ...generates, status: null })],
  ])('says nothing where %s', (_, facts) => {
    expect(blame(facts)).toEqual([]);
  });

  it.each([401, 403, 404, 410])('says nothing where a server answered %i', status => {
    expect(blame(invented({ ...asks, status }, generates, joins))).toEqual([]);
  });

  it('leaves it to the other rule where no server was asked', () => {
    expect(blame(invented(generates, joins))).toEqual(['web/missing-authorize info']);
  });
});
