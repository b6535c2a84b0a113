import { describe, expect, it } from 'vitest';
import { alice, blame, words } from '../alice.ts';

const left = (openConnections: number, ...liveTracks: string[]) =>
  alice({ leftovers: [{ t: 1, openConnections, liveTracks }] });

describe('web/no-leave-on-unmount', () => {
  it.each([
    ['a connection', left(1), 'held 1 open connections and 0 live tracks'],
    ['a camera', left(0, 'video "a"'), 'held 0 open connections and 1 live tracks'],
  ])('finds %s that outlives the call', (_, facts, expected) => {
    expect(blame(facts)).toEqual(['web/no-leave-on-unmount error']);
    expect(words(facts)).toContain(expected);
  });

  it('says nothing where nothing was left', () => {
    expect(blame(alice())).toEqual([]);
  });
});
