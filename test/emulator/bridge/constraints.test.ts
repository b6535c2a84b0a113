import { describe, expect, it } from 'vitest';
import {
  demandOf,
  heightsFor,
  INITIAL_CONSTRAINTS,
  type ReceiverConstraints,
  UNLIMITED,
} from '../../../src/emulator/bridge/constraints.ts';

const cameraOf = (owner: string) => ({ name: `${owner}-v0`, owner, type: 'camera' as const });
const SOURCES = ['a', 'b', 'c'].map(cameraOf);
const wants = (change: Partial<ReceiverConstraints>) => ({ ...INITIAL_CONSTRAINTS, ...change });
const heights = (change: Partial<ReceiverConstraints>, speakers: string[] = []) => [
  ...heightsFor(wants(change), SOURCES, speakers),
];

describe('what a receiver gets', () => {
  it('is a thumbnail of everybody before it said anything', () => {
    expect(heights({})).toEqual([
      ['a-v0', 180],
      ['b-v0', 180],
      ['c-v0', 180],
    ]);
  });

  it('is what it said of a source, else of all', () => {
    expect(heights({ defaultMaxHeight: 360, maxHeights: new Map([['b-v0', 720]]) })).toEqual([
      ['a-v0', 360],
      ['b-v0', 720],
      ['c-v0', 360],
    ]);
  });

  it.each([
    ['everything without a limit', {}, [180, 180, 180]],
    ['nothing with none', { lastN: 0 }, [0, 0, 0]],
    ['as many as it wants', { lastN: 2 }, [180, 180, 0]],
    [
      'others in place of those it does not want',
      { lastN: 2, maxHeights: new Map([['a-v0', 0]]) },
      [0, 180, 180],
    ],
  ] as const)('is %s', (_name, change, expected) => {
    expect(heights(change).map(([, height]) => height)).toEqual(expected);
  });

  it('is first what is on stage, then what is selected, then who spoke last', () => {
    const sources = ['a', 'b', 'c', 'd', 'e'].map(cameraOf);
    const constraints = wants({ lastN: 4, onStage: ['e-v0'], selected: ['d-v0', 'e-v0'] });
    expect([...heightsFor(constraints, sources, ['c', 'b'])]).toEqual([
      ['e-v0', 180],
      ['d-v0', 180],
      ['c-v0', 180],
      ['b-v0', 180],
      ['a-v0', 0],
    ]);
  });

  it('follows the speakers with few places', () => {
    expect(heights({ lastN: 1 }, ['c', 'a'])[0]).toEqual(['c-v0', 180]);
    expect(heights({ lastN: 1 }, ['b', 'c', 'a'])[0]).toEqual(['b-v0', 180]);
  });

  it('gives no place to a muted camera while somebody has a picture', () => {
    const sources = [{ ...cameraOf('a'), type: 'none' as const }, ...SOURCES.slice(1)];
    expect([...heightsFor(wants({ lastN: 2, onStage: ['a-v0'] }), sources, ['a'])]).toEqual([
      ['b-v0', 180],
      ['c-v0', 180],
      ['a-v0', 0],
    ]);
  });

  it('knows nothing of sources that are not there', () => {
    const change = { maxHeights: new Map([['gone-v0', 720]]), onStage: ['gone-v0'], lastN: 3 };
    expect(heights(change).map(([name]) => name)).toEqual(['a-v0', 'b-v0', 'c-v0']);
  });
});

describe('what a sender has to send', () => {
  const demand = (...receivers: Record<string, number>[]) =>
    Object.fromEntries(
      demandOf(
        SOURCES,
        receivers.map(heights => new Map(Object.entries(heights))),
      ),
    );

  it('is nothing while nobody receives', () => {
    expect(demand()).toEqual({ 'a-v0': 0, 'b-v0': 0, 'c-v0': 0 });
  });

  it('is the most that anybody wants', () => {
    expect(demand({ 'a-v0': 180, 'b-v0': 0 }, { 'a-v0': 720 }, { 'a-v0': 360 })).toEqual({
      'a-v0': 720,
      'b-v0': 0,
      'c-v0': 0,
    });
  });

  it('is all there is when somebody wants that', () => {
    expect(demand({ 'a-v0': UNLIMITED }, { 'a-v0': 720 })['a-v0']).toBe(UNLIMITED);
    expect(demand({ 'a-v0': 720 }, { 'a-v0': UNLIMITED })['a-v0']).toBe(UNLIMITED);
  });

  it('names no source that is not there', () => {
    expect(demand({ 'gone-v0': 720 })).not.toHaveProperty('gone-v0');
  });
});
