import { describe, expect, it } from 'vitest';
import { alice, blame, CALL, OTHER, socket } from '../alice.ts';

const first = socket(CALL, 2, null);
const other = 'wss://example.com/chat?token=of-another-kind';

describe('web/second-session', () => {
  it.each([
    ['beside an open one', [first, socket(OTHER, 3000, null)]],
    ['that ended later', [first, socket(OTHER, 3000, 9000)]],
    ['after a first that ended too late', [socket(CALL, 2, 4500), socket(OTHER, 3000, null)]],
    ['after one that was over', [socket('an-old-token-1', 1, 2), first, socket(OTHER, 3000, null)]],
  ])('finds a second session %s', (_, sockets) => {
    expect(blame(alice({ sockets }))).toEqual(['web/second-session error']);
  });

  it.each([
    ['one session', [first]],
    ["a screen share's second socket", [first, socket('', 9, null)]],
    ['a socket that dials again', [socket(CALL, 2, 5), socket(CALL, 6, null)]],
    ['a socket that dials again beside a dead one', [first, socket(CALL, 6000, null)]],
    ['a rejoin after leaving', [socket(CALL, 2, 500), socket(OTHER, 900, null)]],
    ['a first socket that closes late', [socket(CALL, 2, 1300), socket(OTHER, 400, null)]],
    ['a second try that was given up at once', [first, socket(OTHER, 3000, 3500)]],
    ['a socket of its own', [first, { url: other, openedAt: 3000, closedAt: null }]],
  ])('says nothing of %s', (_, sockets) => {
    expect(blame(alice({ sockets }))).toEqual([]);
  });
});
