import { describe, expect, it } from 'vitest';
import { signalAt } from '../../../src/smoke/people/cast.ts';
import { recogniseHue, recogniseTone } from '../../../src/smoke/people/recognise.ts';

const alice = { name: 'alice', signal: signalAt(0) };
const bob = { name: 'bob', signal: signalAt(1) };
const people = [alice, bob];

describe('recogniseHue', () => {
  it.each([
    [0, 'alice'],
    [352, 'alice'],
    [14, 'alice'],
    [118, 'bob'],
    [60, undefined],
    [240, undefined],
  ])('takes hue %d for %s', (hue, name) => {
    expect(recogniseHue(hue, people)?.name).toBe(name);
  });
});

describe('recogniseTone', () => {
  it.each([
    [431, 'alice'],
    [453, 'alice'],
    [1034, 'bob'],
    [880, undefined],
    [0, undefined],
  ])('takes %d Hz for %s', (hertz, name) => {
    expect(recogniseTone(hertz, people)?.name).toBe(name);
  });
});
