import { describe, expect, it } from 'vitest';
import { signalAt } from '../../../src/smoke/people/cast.ts';
import type { Person } from '../../../src/smoke/people/person.ts';
import { impressionOf } from '../../../src/smoke/people/senses.ts';

const people = ['alice', 'bob'].map((name, index) => ({ name, signal: signalAt(index) })) as Person[];
const [alice, bob] = people as [Person, Person];

describe('impressionOf', () => {
  it('keeps to the one who is asked for, and to the latest, over all frames', () => {
    const frames = [
      {
        t: 100,
        moved: [
          [alice.signal.hue, 40],
          [alice.signal.hue + 3, 90],
          [bob.signal.hue, 99],
        ],
        heard: [[bob.signal.hertz, 95]],
      },
      { t: 110, moved: [], heard: [[alice.signal.hertz, 60]] },
    ] as const;
    expect(impressionOf(frames, { sender: alice, people })).toEqual({ t: 110, movedAt: 90, heardAt: 60 });
  });

  it('has nothing where nothing was perceived', () => {
    expect(impressionOf([{ t: 5, moved: [], heard: [] }], { sender: bob, people })).toEqual({
      t: 5,
      movedAt: Number.NEGATIVE_INFINITY,
      heardAt: Number.NEGATIVE_INFINITY,
    });
  });
});
