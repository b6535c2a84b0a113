import { describe, expect, it } from 'vitest';
import { explainStuck } from '../../../src/smoke/explain/explain-page.ts';
import { healthyConnection, healthySnapshot } from '../snapshots.ts';

describe('explainStuck', () => {
  const stuck = { name: 'bob', state: 'joining', step: 'join', snapshot: healthySnapshot(), pageErrors: [] };

  it.each([
    ['a page that never ran', { state: undefined, snapshot: null }, "bob's page never ran its script"],
    [
      'a page that died',
      { snapshot: null },
      "bob's page does not answer any more, its last state was 'joining'",
    ],
    ['a page that stays loading', { state: 'loading' }, "bob's page stayed loading"],
    ['a lobby without a way in', { state: 'lobby' }, "bob's lobby was shown, but Join could not be pressed"],
    [
      'a join that hangs in ICE',
      {
        snapshot: healthySnapshot({
          connections: [healthyConnection({ state: 'connecting', ice: 'checking' })],
        }),
      },
      "bob never joined: bob's ICE stayed 'checking'",
    ],
    [
      'a script of the SDK that never ends',
      { step: 'sdk' },
      "bob never joined: the SDK's script did not come to its end",
    ],
    [
      'a server that gives no token',
      { step: 'token' },
      "bob never joined: the page did not get past 'token'",
    ],
    [
      'a page that tells no steps',
      { step: undefined },
      'bob never joined: media is connected, but the SDK reported no join',
    ],
    ['an SDK that says nothing', {}, 'bob never joined: media is connected, but the SDK reported no join'],
    ['any other state', { state: 'left' }, "bob's page stayed 'left'"],
    [
      'an error of the page',
      { state: 'loading', pageErrors: ['JitsiMeetJS is not defined\n  at x'] },
      "bob's page stayed loading; the page threw: JitsiMeetJS is not defined",
    ],
    [
      'no token in an error of the page',
      { state: 'loading', pageErrors: ['no session for authToken: cometchat-uid-1_abcdef'] },
      "bob's page stayed loading; the page threw: no session for authToken: [redacted]",
    ],
  ])('tells %s', (_, changes, words) => {
    expect(explainStuck({ ...stuck, ...changes })).toBe(words);
  });
});
