import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { INITIAL_CONSTRAINTS, type ReceiverConstraints } from '../../../src/emulator/bridge/constraints.ts';
import type { SpeakerChange } from '../../../src/emulator/bridge/speaker.ts';
import { createStage, type Stage } from '../../../src/emulator/bridge/stage.ts';

let stage: Stage;
let now: number;
let speakers: SpeakerChange[];
let heights: Array<[string, Record<string, number>]>;
let demands: Array<[string, Record<string, number>]>;

beforeEach(() => {
  vi.useFakeTimers();
  now = 0;
  [speakers, heights, demands] = [[], [], []];
  stage = createStage({
    now: () => now,
    events: {
      onDominantSpeaker: change => speakers.push(change),
      onHeights: (id, map) => heights.push([id, Object.fromEntries(map)]),
      onDemand: (id, demand) => demands.push([id, demand]),
    },
  });
});

afterEach(() => {
  vi.useRealTimers();
});

const enter = (id: string, ...names: string[]) => {
  stage.join(id);
  stage.setSources(
    id,
    names.map(name => ({ name, owner: id, type: 'camera' })),
  );
};
const want = (id: string, change: Partial<ReceiverConstraints>) =>
  stage.constrain(id, { ...INITIAL_CONSTRAINTS, ...change });
const forget = () => {
  heights = [];
  demands = [];
};

describe('the stage', () => {
  it('asks nobody to send while there is nobody to see it', () => {
    enter('alice', 'alice-v0');
    expect(heights).toEqual([]);
    expect(demands).toEqual([['alice', { 'alice-v0': 0 }]]);
  });

  it('gives two people each other as sharp as they are, until they say what they want', () => {
    enter('alice', 'alice-v0');
    enter('bob', 'bob-v0');
    expect(Object.fromEntries(heights)).toEqual({ alice: { 'bob-v0': -1 }, bob: { 'alice-v0': -1 } });
    expect(Object.fromEntries(demands)).toEqual({ alice: { 'alice-v0': -1 }, bob: { 'bob-v0': -1 } });
  });

  it.each([
    [2, 360],
    [4, 360],
    [5, 180],
    [7, 180],
  ])('gives who says nothing %i others in %i lines', (others, height) => {
    stage.join('me');
    const names = Array.from({ length: others }, (_, i) => `p${i}`);
    for (const name of names) enter(name, `${name}-v0`);
    const mine = Object.fromEntries(names.map(name => [`${name}-v0`, height]));
    expect(Object.fromEntries(stage.heightsOf('me'))).toEqual(mine);
  });

  it('gives who says nothing a screen as it is, and before all cameras', () => {
    stage.join('me');
    for (const name of ['a', 'b', 'c', 'd', 'e']) enter(name, `${name}-v0`);
    stage.setSources('e', [
      { name: 'e-v0', owner: 'e', type: 'camera' },
      { name: 'e-v1', owner: 'e', type: 'desktop' },
    ]);
    const [first] = stage.heightsOf('me');
    expect(first).toEqual(['e-v1', -1]);
    expect(stage.heightsOf('me').get('a-v0')).toBe(180);
  });

  it('asks a sender for the most that anybody wants, and for less when that one leaves', () => {
    enter('alice', 'alice-v0');
    enter('bob');
    enter('carol');
    forget();
    want('bob', { maxHeights: new Map([['alice-v0', 720]]) });
    want('carol', { defaultMaxHeight: 360 });
    stage.leave('bob');
    expect(demands).toEqual([
      ['alice', { 'alice-v0': 720 }],
      ['alice', { 'alice-v0': 360 }],
    ]);
  });

  it('says nothing twice', () => {
    enter('alice', 'alice-v0');
    enter('bob', 'bob-v0');
    want('bob', {});
    forget();
    want('bob', {});
    stage.setVideoType('alice', 'alice-v0', 'camera');
    expect([heights, demands]).toEqual([[], []]);
  });

  it('keeps the places for who speaks', () => {
    for (const id of ['alice', 'bob', 'carol']) enter(id, `${id}-v0`);
    want('alice', { lastN: 1 });
    expect(heights.at(-1)).toEqual(['alice', { 'bob-v0': 180, 'carol-v0': 0 }]);
    stage.observe('carol', 20);
    expect(speakers).toMatchObject([{ dominant: 'carol' }]);
    expect([...stage.heightsOf('alice')]).toEqual([
      ['carol-v0', 180],
      ['bob-v0', 0],
    ]);
  });

  it('keeps no place for a muted camera, whose owner may say so before it is announced', () => {
    enter('alice');
    want('alice', { lastN: 1 });
    stage.join('bob');
    stage.setVideoType('bob', 'bob-v0', 'none');
    enter('carol', 'carol-v0');
    stage.setSources('bob', [{ name: 'bob-v0', owner: 'bob', type: 'camera' }]);
    expect(Object.fromEntries(stage.heightsOf('alice'))).toEqual({ 'carol-v0': 180, 'bob-v0': 0 });
    stage.setVideoType('bob', 'bob-v0', 'camera');
    stage.setVideoType('bob', 'carol-v0', 'none');
    expect(Object.fromEntries(stage.heightsOf('alice'))).toEqual({ 'bob-v0': 180, 'carol-v0': 0 });
  });

  it('keeps no more than a few names that somebody invents', () => {
    enter('alice');
    enter('bob', 'bob-v0', 'bob-v1');
    for (let index = 0; index < 1_000; index += 1) stage.setVideoType('bob', `bob-v${index + 2}`, 'none');
    want('alice', { lastN: 1 });
    stage.setVideoType('bob', 'bob-v0', 'none');
    expect(stage.heightsOf('alice').get('bob-v0')).toBe(180);
  });

  it('has another speaker when the dominant one leaves', () => {
    for (const id of ['alice', 'bob']) enter(id);
    for (; now < 2_000; now += 20) stage.observe('alice', 20);
    for (; now < 6_000; now += 20) stage.observe('bob', 20);
    stage.leave('bob');
    expect(speakers.map(({ dominant }) => dominant)).toEqual(['alice', 'bob', 'alice']);
  });

  it('notices a silence by itself, until all have left', () => {
    enter('alice');
    stage.observe('alice', 20);
    now = 10_000;
    vi.advanceTimersByTime(1_000);
    expect(speakers.map(({ silence }) => silence)).toEqual([false, true]);
    stage.leave('alice');
    expect(vi.getTimerCount()).toBe(0);
  });

  it('knows nothing of who is not there', () => {
    want('nobody', {});
    stage.setVideoType('nobody', 'nobody-v0', 'none');
    stage.leave('nobody');
    expect([...stage.heightsOf('nobody')]).toEqual([]);
  });
});
