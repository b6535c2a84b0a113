import { describe, expect, it } from 'vitest';
import { describeHappening } from '../../../src/smoke/evidence/describe-happening.ts';
import { describeServerEvent } from '../../../src/smoke/evidence/describe-server-event.ts';
import type { Happening } from '../../../src/smoke/people/happening.ts';

const people = [
  { name: 'alice', signal: { hue: 0, hertz: 440 } },
  { name: 'bob', signal: { hue: 120, hertz: 1030 } },
];

describe('what a page told', () => {
  it.each<[Happening, string, string]>([
    [{ t: 1, kind: 'state', state: 'joined' }, 'page: joined', 'good'],
    [
      { t: 1, kind: 'state', state: 'failed', code: 'REFUSED', phase: 'join' },
      'page: failed at join REFUSED',
      'bad',
    ],
    [{ t: 1, kind: 'event', name: 'onParticipantLeft' }, 'onParticipantLeft', 'plain'],
    [{ t: 1, kind: 'heard', hertz: 1030 }, 'hears bob', 'good'],
    [{ t: 1, kind: 'unseen', track: 'x', hue: 119 }, 'sees bob no more', 'plain'],
    [{ t: 1, kind: 'seen', track: 'x', hue: 200, counters: [] }, 'sees a colour of nobody', 'good'],
    [{ t: 1, kind: 'new', what: [1] } as unknown as Happening, 'new · what [1]', 'plain'],
  ])('%j is told', (happening, text, tone) => {
    expect(describeHappening(happening, people)).toEqual({ t: 1, kind: happening.kind, text, tone });
  });
});

describe('what the server told', () => {
  const event = { seq: 1, at: '1970-01-01T00:00:01.500Z', session: 'team', who: 'bob', endpoint: 'ab' };
  it.each([
    [{ kind: 'layer', state: 'sent', height: 360 }, 'bob · sent · height 360', 'plain'],
    [{ kind: 'rest', method: 'POST', status: 401 }, 'bob · method POST · status 401', 'bad'],
    [{ kind: 'transport', state: 'up' }, 'bob · up', 'good'],
    [{ kind: 'constraints', maxHeights: { a: 1 } }, 'bob · maxHeights {"a":1}', 'plain'],
  ])('%j is told', (details, text, tone) => {
    expect(describeServerEvent({ ...event, ...details })).toEqual({
      t: 1500,
      kind: details.kind,
      text,
      tone,
    });
  });
});
