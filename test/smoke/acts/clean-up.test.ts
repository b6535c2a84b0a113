import { describe, expect, it } from 'vitest';
import { countRemains, describeRemains, judgeRemains } from '../../../src/smoke/acts/clean-up.ts';
import { healthyConnection, healthySnapshot } from '../snapshots.ts';

const closed = healthyConnection({ signaling: 'closed', state: 'closed', ice: 'closed' });

describe('countRemains', () => {
  it('counts open connections and live tracks', () => {
    expect(countRemains(healthySnapshot())).toEqual({ openConnections: 1, liveTracks: 1 });
  });

  it('takes a closed connection for gone', () => {
    const snapshot = healthySnapshot({ connections: [closed], liveTracks: [] });
    expect(countRemains(snapshot)).toEqual({ openConnections: 0, liveTracks: 0 });
  });
});

describe('judgeRemains', () => {
  it.each([
    [0, 'no open connection, no live track'],
    [2, 'no open connection; all was given back, then 2 tracks were opened anew'],
  ])('takes %d tracks that were opened anew for a preview', (liveTracks, words) => {
    expect(judgeRemains({ openConnections: 0, liveTracks })).toBe(words);
  });

  it('takes no connection', () => {
    expect(() => judgeRemains({ openConnections: 1, liveTracks: 0 })).toThrow(
      /1 connections were opened anew/,
    );
  });
});

describe('describeRemains', () => {
  it.each([
    ['a page that is gone', null, "bob's page does not answer any more"],
    [
      'a camera that goes on',
      healthySnapshot({ connections: [closed] }),
      'bob left, but the page holds 0 open connections and 1 live tracks: video "fake_device_0"',
    ],
    [
      'a connection that stands',
      healthySnapshot({ liveTracks: [] }),
      'bob left, but the page holds 1 open connections and 0 live tracks',
    ],
  ])('names %s', (_, snapshot, words) => {
    expect(describeRemains('bob', snapshot)).toBe(words);
  });
});
