import { describe, expect, it } from 'vitest';
import { createHoldings } from '../../../src/smoke/people/holdings.ts';
import { mergeSnapshots } from '../../../src/smoke/people/snapshot.ts';
import { healthySnapshot } from '../snapshots.ts';

type Step = readonly [frame: string, count: number | 'gone'];

function play(...steps: readonly Step[]): string[] {
  const holdings = createHoldings<string>();
  return steps.flatMap(([frame, count], t) => {
    const told =
      count === 'gone' ? holdings.forget(frame, t) : holdings.hear(frame, { kind: 'holding', count, t });
    return told.map(({ kind }) => `${t} ${kind}`);
  });
}

describe('what a page holds', () => {
  it.each<[string, Step[], string[]]>([
    ['a frame that never held anything says nothing', [['top', 0]], []],
    ['the first thing makes it busy', [['top', 1]], ['0 busy']],
    [
      'each thing given back is told, the last as quiet',
      [
        ['top', 2],
        ['top', 1],
        ['top', 0],
      ],
      ['0 busy', '1 released', '2 released', '2 quiet'],
    ],
    [
      'is quiet only when every frame is',
      [
        ['top', 1],
        ['inner', 2],
        ['inner', 0],
        ['top', 0],
      ],
      ['0 busy', '2 released', '3 released', '3 quiet'],
    ],
    [
      'a frame that is taken away takes what it held with it',
      [
        ['inner', 3],
        ['inner', 'gone'],
      ],
      ['0 busy', '1 released', '1 quiet'],
    ],
    ['a frame that held nothing goes unnoticed', [['inner', 'gone']], []],
  ])('%s', (_, steps, told) => {
    expect(play(...steps)).toEqual(told);
  });
});

describe('the snapshot of a page', () => {
  it('is that of all frames together', () => {
    const merged = mergeSnapshots([healthySnapshot(), healthySnapshot({ liveTracks: [] })]);
    expect(merged?.connections).toHaveLength(2);
    expect(merged?.liveTracks).toEqual(['video "fake_device_0"']);
  });

  it('is missing when no frame answers', () => {
    expect(mergeSnapshots([])).toBeNull();
  });
});
