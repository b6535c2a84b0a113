import { describe, expect, it } from 'vitest';
import { describeLoad } from '../../../src/smoke/people/load.ts';
import { parseCast } from '../../../src/smoke/people/parse-cast.ts';

describe('describeLoad', () => {
  it.each([
    ['2', 1],
    ['5', 2],
    ['6', 4],
    ['alice,bob,carol:voice,dan:voice,eve:observer,fay:denied', 1],
  ])('says nothing of %s on %d cores', (people, cores) => {
    expect(describeLoad(parseCast(people), cores)).toBeNull();
  });

  it('says how it was reckoned', () => {
    expect(describeLoad(parseCast('6'), 2)).toBe(
      '6 people may be too many for this machine: they make 36 streams of video, and 2 cores carry about 30 (15 each). Where it fails, ask for fewer, or for voices: alice,bob,carol:voice',
    );
  });

  it('speaks of one core as one', () => {
    expect(describeLoad(parseCast('4'), 1)).toContain('one core carries about 15');
  });
});
