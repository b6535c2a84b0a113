import { expect, it } from 'vitest';
import { signalAt } from '../../../src/smoke/people/cast.ts';
import { recogniseHue } from '../../../src/smoke/people/recognise.ts';
import { screenHueOf } from '../../../src/smoke/people/screen-hue.ts';

const people = ['alice', 'bob'].map((name, index) => ({ name, signal: signalAt(index) }));

it.each(people)('the screen of one of two ($name) is nobody’s picture', ({ signal }) => {
  expect(recogniseHue(screenHueOf(signal), people)).toBeUndefined();
});
