import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { messages, readMessage } from '../../../src/emulator/channel/messages.ts';

const read = (message: object) => readMessage(JSON.stringify(message));
const readConstraints = (fields: object) => {
  const message = read({ colibriClass: 'ReceiverVideoConstraints', ...fields });
  return message?.kind === 'constraints' ? message.change : message;
};

describe('a message on the bridge channel', () => {
  it("is read as the SDK's own grid sends it", () => {
    const change = readConstraints({
      constraints: { 'ab12-v0': { maxHeight: 720 }, 'cd34-v0': { maxHeight: 180 } },
      defaultConstraints: { maxHeight: 180 },
      lastN: 20,
      onStageSources: ['ab12-v0'],
      selectedSources: ['cd34-v0'],
    });
    expect(change).toEqual({
      lastN: 20,
      defaultMaxHeight: 180,
      maxHeights: new Map([
        ['ab12-v0', 720],
        ['cd34-v0', 180],
      ]),
      onStage: ['ab12-v0'],
      selected: ['cd34-v0'],
    });
  });

  it('changes what it names only', () => {
    expect(readConstraints({ lastN: 5 })).toEqual({ lastN: 5 });
    expect(readConstraints({ assumedBandwidthBps: 1_000_000, lastN: null })).toEqual({
      assumedBandwidth: 1_000_000,
    });
    expect(readConstraints({})).toEqual({});
  });

  it('may speak of endpoints, as clients did before sources had names', () => {
    const fields = {
      onStageEndpoints: ['ab12'],
      selectedEndpoints: ['cd34'],
      constraints: { ab12: { maxHeight: 1 } },
    };
    expect(readConstraints(fields)).toEqual({
      onStage: ['ab12-v0'],
      selected: ['cd34-v0'],
      maxHeights: new Map([['ab12-v0', 1]]),
    });
  });

  it.each([
    ['no limit', -1, -1],
    ['nothing', 0, 0],
    ['half a pixel', 180.5, 180],
  ])('may ask for %s', (_name, maxHeight, expected) => {
    expect(readConstraints({ defaultConstraints: { maxHeight } })).toEqual({ defaultMaxHeight: expected });
  });

  it.each([
    ['a hello', { colibriClass: 'ClientHello' }, { kind: 'hello' }],
    [
      'a number of sources',
      { colibriClass: 'LastNChangedEvent', lastN: 3 },
      { kind: 'constraints', change: { lastN: 3 } },
    ],
    [
      'what a source shows',
      { colibriClass: 'SourceVideoTypeMessage', sourceName: 'ab12-v1', videoType: 'desktop_high_fps' },
      { kind: 'video-type', source: 'ab12-v1', type: 'desktop' },
    ],
    [
      'a message to everybody',
      { colibriClass: 'EndpointMessage', to: '', msgPayload: { any: ['thing'] } },
      { kind: 'message', to: '', payload: { any: ['thing'] } },
    ],
    [
      'statistics',
      { colibriClass: 'EndpointStats', bitrate: { upload: 1 } },
      { kind: 'stats', body: { colibriClass: 'EndpointStats', bitrate: { upload: 1 } } },
    ],
  ])('is %s', (_name, message, expected) => {
    expect(read(message)).toEqual(expected);
  });

  const many = Array.from({ length: 101 }, (_, index) => `e${index}-v0`);
  it.each([
    ['a class that is not known', { colibriClass: 'VideoSourcesMap' }],
    ['no class', { lastN: 1 }],
    ['a class of the prototype', { colibriClass: 'toString' }],
    ['a limit below -1', { colibriClass: 'LastNChangedEvent', lastN: -2 }],
    ['a limit that is a text', { colibriClass: 'LastNChangedEvent', lastN: '3' }],
    ['no limit at all', { colibriClass: 'LastNChangedEvent' }],
    ['constraints in a list', { colibriClass: 'ReceiverVideoConstraints', constraints: [{ maxHeight: 1 }] }],
    [
      'a height that is none',
      { colibriClass: 'ReceiverVideoConstraints', constraints: { a: { maxHeight: 'x' } } },
    ],
    ['a height that is missing', { colibriClass: 'ReceiverVideoConstraints', defaultConstraints: {} }],
    [
      'a name without letters',
      { colibriClass: 'ReceiverVideoConstraints', constraints: { '': { maxHeight: 1 } } },
    ],
    ['names that are numbers', { colibriClass: 'ReceiverVideoConstraints', onStageSources: [1] }],
    ['a name of a mile', { colibriClass: 'ReceiverVideoConstraints', selectedSources: ['x'.repeat(101)] }],
    ['too many names', { colibriClass: 'ReceiverVideoConstraints', selectedSources: many }],
    [
      'too many heights',
      {
        colibriClass: 'ReceiverVideoConstraints',
        constraints: Object.fromEntries(many.map(name => [name, { maxHeight: 180 }])),
      },
    ],
    [
      'one bad field among good ones',
      { colibriClass: 'ReceiverVideoConstraints', lastN: 1, onStageSources: 'a' },
    ],
    ['no address', { colibriClass: 'EndpointMessage', msgPayload: 1 }],
    ['an address that is none', { colibriClass: 'EndpointMessage', to: ['a'], msgPayload: 1 }],
    ['nothing to say', { colibriClass: 'EndpointMessage', to: 'a' }],
    [
      'an unknown kind of video',
      { colibriClass: 'SourceVideoTypeMessage', sourceName: 'a', videoType: 'toString' },
    ],
    ['video of no source', { colibriClass: 'SourceVideoTypeMessage', videoType: 'camera' }],
  ])('is ignored with %s', (_name, message) => {
    expect(read(message)).toBeNull();
  });

  it.each(['', 'null', '[]', '"text"', '1', '{', '[['.repeat(30_000)])('is ignored when it is %j', text => {
    expect(readMessage(text)).toBeNull();
  });

  it('never throws, whatever the JSON', () => {
    const classes = [
      'ClientHello',
      'ReceiverVideoConstraints',
      'LastNChangedEvent',
      'EndpointMessage',
      'EndpointStats',
    ];
    const fields = [
      'constraints',
      'defaultConstraints',
      'lastN',
      'onStageSources',
      'to',
      'msgPayload',
      '__proto__',
    ];
    fc.assert(
      fc.property(
        fc.constantFrom(...classes),
        fc.dictionary(fc.constantFrom(...fields), fc.jsonValue()),
        (colibriClass, body) => {
          const message = readMessage(JSON.stringify({ ...body, colibriClass }));
          if (message?.kind === 'constraints') expect(Object.values(message.change)).not.toContain(undefined);
        },
      ),
      { numRuns: 2_000 },
    );
    expect(({} as Record<string, unknown>).lastN).toBeUndefined();
  });
});

describe('what the bridge says', () => {
  const parse = (text: string) => JSON.parse(text) as Record<string, unknown>;

  it('names the sender, whoever the message claims to be from', () => {
    const claims = { colibriClass: 'EndpointStats', from: 'bob', connectionQuality: 90 };
    expect(parse(messages.stats('alice', claims))).toEqual({
      colibriClass: 'EndpointStats',
      from: 'alice',
      connectionQuality: 90,
    });
    expect(parse(messages.message('alice', 'bob', { from: 'carol' }))).toEqual({
      colibriClass: 'EndpointMessage',
      from: 'alice',
      to: 'bob',
      msgPayload: { from: 'carol' },
    });
  });

  it('is in the words of lib-jitsi-meet', () => {
    expect(
      [
        messages.dominantSpeaker({ dominant: 'a', previous: ['b'], silence: false }),
        messages.forwarded(['a-v0']),
        messages.demand('a-v0', 180),
      ].map(parse),
    ).toEqual([
      {
        colibriClass: 'DominantSpeakerEndpointChangeEvent',
        dominantSpeakerEndpoint: 'a',
        previousSpeakers: ['b'],
        silence: false,
      },
      { colibriClass: 'ForwardedSources', forwardedSources: ['a-v0'] },
      { colibriClass: 'SenderSourceConstraints', sourceName: 'a-v0', maxHeight: 180 },
    ]);
  });
});
