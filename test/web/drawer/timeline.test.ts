import { describe, expect, it } from 'vitest';
import { momentOf, momentOfServer, placeOf } from '../../../web/drawer/timeline.ts';

describe('the time axis', () => {
  it.each([
    [[], 5, 0],
    [[1, 2, 3], 4, 3],
    [[1, 2, 3], 3, 3],
    [[1, 3, 3, 7], 3, 3],
    [[1, 2, 3], 0, 0],
    [[1, 5, 9], 4, 1],
  ])('%j takes %d in at place %d', (times, at, place) => {
    expect(
      placeOf(
        times.map(time => ({ at: time })),
        at,
      ),
    ).toBe(place);
  });

  it("puts the server's events where this machine's clock would have them", () => {
    const event = {
      seq: 1,
      at: '2026-11-20T15:00:10.000Z',
      session: 's',
      kind: 'join',
      who: 'bob',
      people: 2,
    };
    const at = Date.parse('2026-11-20T15:00:03.000Z');
    expect(momentOfServer(event, 7_000)).toEqual({ at, kind: 'join', who: 'bob', text: 'people 2' });
  });

  it.each([
    [
      { at: 1, kind: 'call', name: 'authorize', ms: 12 },
      { at: 1, kind: 'call', text: 'authorize 12 ms' },
    ],
    [
      { at: 1, kind: 'error', name: 'init', ms: 0, detail: 'ERROR_X' },
      { at: 1, kind: 'error', text: 'init ERROR_X 0 ms' },
    ],
    [
      { at: 1, kind: 'error', name: 'error', detail: 'Error: wss://x/y?room=a&token=abcdef12 is closed' },
      { at: 1, kind: 'error', text: 'error Error: wss://x/y?room=a&token=[hidden] is closed' },
    ],
    [
      { at: 1, kind: 'sdk', name: 'onParticipantLeft', who: 'bob' },
      { at: 1, kind: 'sdk', who: 'bob', text: 'onParticipantLeft' },
    ],
  ] as const)('%j is told as %j', (entry, moment) => {
    expect(momentOf(entry)).toEqual(moment);
  });
});
