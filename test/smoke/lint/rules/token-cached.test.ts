import { describe, expect, it } from 'vitest';
import {
  AUTH,
  alice,
  aliceWith,
  asks,
  blame,
  bob,
  CALL,
  generates,
  joins,
  OTHER,
  PAGE,
  rejoins,
  request,
  stored,
  words,
} from '../alice.ts';

const sendsTo = (url: string, body = CALL, from = PAGE) => aliceWith(request({ url, body, from }));
const goesTo = (url: string) => alice({ places: [{ t: 1, url }] });
const keeps = (key: string, value: string) => alice({ storages: [stored(key, value)] });
const refused = (status: number | null) => ({ ...joins, status });

describe('web/token-cached', () => {
  it.each([
    ['one call token for two joins', aliceWith(joins), 'used for two joins'],
    [
      'one call token, tried again and joined twice',
      alice({ requests: [asks, generates, refused(500), joins, joins] }),
      'used for two joins',
    ],
    ['a used call token in storage', keeps('call', `{"token":"${CALL}"}`), "in localStorage as 'call'"],
    ['a used call token as the name of something stored', keeps(CALL, '1'), "as '(call token)'"],
    ['a call token in the address', goesTo(`${PAGE}/#${CALL}`), 'call token stood in its address'],
    ['an auth token in the address', goesTo(`${PAGE}/?login=${AUTH}`), 'auth token stood in its address'],
    ['a call token sent elsewhere', sendsTo('https://stats.example.org/log'), 'sent to stats.example.org'],
    [
      'an auth token in an address elsewhere',
      sendsTo(`https://stats.example.org/log?by=${AUTH}`, ''),
      'auth token was sent to stats.example.org',
    ],
    [
      'a call token sent to another address in the house',
      sendsTo('http://192.168.0.7/', CALL, 'http://192.168.0.8'),
      'sent to 192.168.0.7',
    ],
    [
      'a call token sent to a host beside localhost',
      sendsTo('http://stats.localhost/', CALL, 'http://localhost:5173'),
      'sent to stats.localhost',
    ],
  ])('finds %s', (_, facts, expected) => {
    expect(blame(facts)).toEqual(['web/token-cached error']);
    expect(words(facts)).toContain(expected);
  });

  it('finds one call token of two people, and blames the second', () => {
    const facts = [alice(), bob({ requests: [asks, generates, joins] })];
    expect(blame(...facts)).toEqual(['web/token-cached error']);
    expect(words(...facts)).toContain('by two people, alice and bob');
  });

  it.each([
    ['a new token for each join', aliceWith(generates, rejoins)],
    ['a second try after an error', alice({ requests: [asks, generates, refused(503), joins] })],
    ['a second try after no answer', alice({ requests: [asks, generates, refused(null), joins] })],
    ["SDK v5's own store of its login", keeps('1:common_store/user', `{"authToken":"${AUTH}"}`)],
    ['a call token that was stored, and never used', keeps('next', OTHER)],
    ['other things in storage', keeps('theme', 'a-long-dark-theme')],
    ['addresses without a token', goesTo(`${PAGE}/meet/room-1?uid=alice#left`)],
    ["CometChat's own frame", goesTo(`https://1234.call-eu.cometchat.io/call?token=${CALL}`)],
    ['a token sent to its own other host', sendsTo('https://api.example.com/left')],
    ['a token sent to another port', sendsTo('https://app.example.com:8443/left')],
    [
      'a token sent from localhost to 127.0.0.1',
      sendsTo('http://127.0.0.1:3000/left', CALL, 'http://localhost:5173'),
    ],
    ['a token sent to CometChat', sendsTo('https://1234.api-eu.cometchat.io/v3.0/user_sessions')],
    ['a token sent to the emulator', sendsTo('http://localhost:4680/cometchat/v3.0/user_sessions')],
    ['other words sent elsewhere', sendsTo('https://stats.example.org/log', 'joined')],
  ])('says nothing of %s', (_, facts) => {
    expect(blame(facts)).toEqual([]);
  });

  it('says nothing of one user who is there twice: one link without names is one login', () => {
    expect(blame(alice(), bob())).toEqual([]);
  });

  it('says nothing of the same person in two meetings', () => {
    const again = { ...bob(), person: 'alice' };
    expect(blame(alice(), again)).toEqual([]);
  });
});
