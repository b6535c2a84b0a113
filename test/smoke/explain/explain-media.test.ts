import { describe, expect, it } from 'vitest';
import {
  explainCamera,
  explainConnection,
  explainMissing,
} from '../../../src/smoke/explain/explain-media.ts';
import { healthyConnection, healthySnapshot, stream } from '../snapshots.ts';

const request = { video: true, audio: true, granted: true, error: null };

describe('explainCamera', () => {
  const unsent = [healthyConnection({ videoSenders: 0 })];

  it('has nothing to say of a camera that sends', () => {
    expect(explainCamera('bob', healthySnapshot())).toBeNull();
  });

  it.each([
    ['was not asked for', [], "bob's camera never started: the page did not ask for it"],
    [
      'was asked for with audio only',
      [{ ...request, video: false }],
      "bob's camera never started: the page did not ask for it",
    ],
    [
      'was refused',
      [{ ...request, granted: false, error: 'NotAllowedError' }],
      "bob's camera never started: the browser answered NotAllowedError",
    ],
    [
      'was not answered',
      [{ ...request, granted: null }],
      "bob's camera never started: the browser did not answer the page's request",
    ],
    ['runs unused', [request], "bob's camera started, but its picture was not given to the call"],
  ])('tells a camera that %s', (_, cameraRequests, words) => {
    expect(explainCamera('bob', healthySnapshot({ cameraRequests, connections: unsent }))).toBe(words);
  });
});

describe('explainConnection', () => {
  const socket = { url: 'ws://localhost/xmpp-websocket', state: 'closed', closeCode: 1006 } as const;

  it('has nothing to say of a connection that stands', () => {
    expect(explainConnection('bob', healthySnapshot())).toBeNull();
  });

  it('judges the connection of now, not one that was closed', () => {
    const closed = healthyConnection({ signaling: 'closed', state: 'closed', ice: 'closed' });
    expect(
      explainConnection('bob', healthySnapshot({ connections: [closed, healthyConnection()] })),
    ).toBeNull();
  });

  it.each([
    [
      'ICE that stays checking',
      { connections: [healthyConnection({ state: 'connecting', ice: 'checking' })] },
      "bob's ICE stayed 'checking'",
    ],
    [
      'DTLS that never ends',
      { connections: [healthyConnection({ state: 'connecting', ice: 'connected' })] },
      "bob's ICE connected, but DTLS stayed 'connecting'",
    ],
    ['no signalling', { connections: [], sockets: [] }, "bob's page opened no signalling socket"],
    [
      'signalling that broke',
      { connections: [], sockets: [socket] },
      "bob's signalling socket ws://localhost/xmpp-websocket is closed with 1006",
    ],
    ['silence of the focus', { connections: [] }, "bob's signalling is open, but no media was offered"],
  ])('tells %s', (_, changes, words) => {
    expect(explainConnection('bob', healthySnapshot(changes))).toBe(words);
  });
});

describe('explainMissing', () => {
  const missing = {
    medium: 'video',
    sender: 'bob',
    receiver: 'alice',
    sent: healthySnapshot(),
    received: healthySnapshot(),
  } as const;
  const never = "alice joined, but bob's video never arrived";

  it.each([
    ['a page that is gone', { sent: null }, "bob's page does not answer any more"],
    [
      "a camera that never started before the receiver's own trouble",
      {
        sent: healthySnapshot({ cameraRequests: [], connections: [] }),
        received: healthySnapshot({ connections: [] }),
      },
      "bob's camera never started: the page did not ask for it",
    ],
    [
      "the sender's ICE",
      {
        sent: healthySnapshot({ connections: [healthyConnection({ state: 'connecting', ice: 'checking' })] }),
      },
      `${never}: bob's ICE stayed 'checking'`,
    ],
    [
      "the receiver's ICE",
      { received: healthySnapshot({ connections: [healthyConnection({ state: 'failed', ice: 'failed' })] }) },
      `${never}: alice's ICE stayed 'failed'`,
    ],
    [
      'a sender without packets',
      { sent: healthySnapshot({ connections: [healthyConnection({ outbound: [stream('video', 0)] })] }) },
      `${never}: bob is connected, but sent no video`,
    ],
    [
      'a backend that keeps silent',
      { received: healthySnapshot({ connections: [healthyConnection({ inbound: [stream('audio', 9)] })] }) },
      `${never}: the backend never announced it to alice`,
    ],
    [
      'a backend that forwards nothing',
      { received: healthySnapshot({ connections: [healthyConnection({ inbound: [stream('video', 0)] })] }) },
      `${never}: it was announced to alice, but no packet came`,
    ],
    [
      'a picture that does not decode',
      { received: healthySnapshot({ connections: [healthyConnection({ inbound: [stream('video', 99)] })] }) },
      `${never}: packets come to alice, but no frame decodes`,
    ],
    [
      'a picture nobody shows',
      { received: healthySnapshot({ sights: [] }) },
      'alice decodes video, but no <video> shows it',
    ],
    [
      "somebody else's picture",
      { received: healthySnapshot({ sights: [{ track: 'x', hue: 240, counter: 1 }] }) },
      "alice sees hue 240 where bob's moving picture should be",
    ],
    [
      'a black picture',
      { received: healthySnapshot({ sights: [{ track: 'x', hue: null, counter: null }] }) },
      "alice sees no colour where bob's moving picture should be",
    ],
    [
      'a voice that is played to nobody',
      { medium: 'audio', received: healthySnapshot({ unplayed: [440] }) },
      "alice gets bob's tone, but the page plays it to nobody: it is muted, paused, at volume 0, or in no element",
    ],
    [
      'a tone that is missing in the sound',
      { medium: 'audio' },
      "alice gets audio, but does not hear bob's tone in it",
    ],
  ] as const)('names %s', (_, changes, words) => {
    expect(explainMissing({ ...missing, ...changes })).toBe(words);
  });
});
