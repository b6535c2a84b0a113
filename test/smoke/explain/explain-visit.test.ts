import { describe, expect, it } from 'vitest';
import { explainVisit, type StuckVisit } from '../../../src/smoke/explain/explain-visit.ts';
import type { Snapshot } from '../../../src/smoke/people/snapshot.ts';
import { healthyConnection, healthySnapshot } from '../snapshots.ts';

const JWT = 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJhbGljZSJ9.c2lnbmF0dXJl';
const pressed = { name: 'pressed', label: 'Join' } as const;
const alone = { name: 'alone' } as const;

function explain(changes: Partial<StuckVisit>): string {
  return explainVisit({
    name: 'alice',
    stage: { name: 'looking' },
    join: undefined,
    controls: [],
    snapshot: healthySnapshot(),
    says: '',
    pageErrors: [],
    unreachable: [],
    refused: [],
    ...changes,
  });
}

/** A page that has not come to a connection. */
const unconnected = (changes: Partial<Snapshot>) =>
  healthySnapshot({ connections: [], cameraRequests: [], sockets: [], ...changes });

describe('why somebody does not get into a page', () => {
  it.each<[string, Partial<StuckVisit>, RegExp]>([
    ['a link that does not load', { stage: { name: 'opening' } }, /^alice's page did not begin to load$/],
    [
      'a field that is not there',
      { stage: { name: 'filling', selector: '#name' } },
      /nothing on alice's page matches --fill #name/,
    ],
    [
      'no button that is known',
      { controls: ['Order', 'Help'] },
      /shows no button to join that is known; name it with --join SELECTOR \(the page has "Order", "Help"\)/,
    ],
    [
      'a selector that matches nothing',
      { join: '#joni' },
      /nothing on alice's page matches --join #joni.*\(the page shows no button\)/,
    ],
    [
      'a button that does nothing',
      { stage: pressed, snapshot: unconnected({}) },
      /alice pressed "Join", but the page neither asked for a camera nor opened a connection/,
    ],
    [
      'a request that is refused, the last one',
      {
        stage: pressed,
        snapshot: unconnected({}),
        refused: ['GET http://localhost:1/a.js answered 404', 'POST http://localhost:1/token answered 403'],
      },
      /neither asked for a camera nor opened a connection; POST http:\/\/localhost:1\/token answered 403$/,
    ],
    [
      'a camera that is refused',
      {
        stage: alone,
        snapshot: unconnected({
          cameraRequests: [{ video: true, audio: true, granted: false, error: 'NotAllowedError' }],
        }),
      },
      /alice's page began by itself, but the browser answered NotAllowedError to its request/,
    ],
    [
      'a camera that is given to nobody',
      {
        stage: pressed,
        snapshot: unconnected({ cameraRequests: [{ video: true, audio: true, granted: true, error: null }] }),
      },
      /alice pressed "Join" and has a camera, but the page opened no connection/,
    ],
    [
      'signalling that was cut off',
      {
        stage: pressed,
        snapshot: unconnected({
          sockets: [
            { url: 'ws://localhost/signalling', state: 'closed', closeCode: 1006 },
            { url: 'ws://localhost/hot-reload', state: 'open', closeCode: null },
          ],
        }),
      },
      /its socket ws:\/\/localhost\/signalling was closed with 1006/,
    ],
    [
      'ICE',
      {
        stage: pressed,
        snapshot: healthySnapshot({ connections: [healthyConnection({ state: 'new', ice: 'checking' })] }),
      },
      /alice never connected: alice's ICE stayed 'checking'/,
    ],
    ['a page that hangs', { stage: pressed, snapshot: null }, /alice's page does not answer any more/],
    ['what the page says itself', { stage: pressed, says: 'Room full.' }, /; the page says "Room full\."$/],
    [
      'no token that the page says or throws',
      { stage: pressed, says: 'token=abcdef123456 is no good', pageErrors: [`${JWT} has expired`] },
      /; the page says "token=\[redacted\] is no good"; the page threw: \[redacted\] has expired$/,
    ],
    ['an error of the page', { pageErrors: ['boom\n at x'] }, /; the page threw: boom$/],
    [
      'a host that cannot be reached',
      { unreachable: ['1a.call-us.example'] },
      /; it asked 1a\.call-us\.example, which cannot be reached from here$/,
    ],
    [
      'the cloud, where a flag would lead it to the emulator',
      { unreachable: ['app1.api-eu.cometchat.io'] },
      /asked app1\.api-eu\.cometchat\.io, which cannot be reached from here; --emulate leads it to the emulator$/,
    ],
  ])('names %s', (_, changes, words) => {
    expect(explain(changes)).toMatch(words);
  });
});
