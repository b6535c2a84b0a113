import { expect, it } from 'vitest';
import { holdsWith, type Value } from '../../../src/check/markup/holds.ts';

it.each<[string, Value, boolean | null]>([
  ['joined', true, true],
  ['joined', false, false],
  ['!joined', true, false],
  ['joined.value', false, false],
  ['joined()', true, true],
  ['$joined', true, true],
  ['this.state.joined', false, false],
  ['ready && joined', false, false],
  ['ready && joined', true, null],
  ['ready || joined', true, true],
  ['ready || joined', false, null],
  ["joined === 'in'", 'in', true],
  ["joined !== 'in'", 'in', false],
  ['joined != null', null, false],
  ['other', true, null],
  ['isIn(joined)', true, null],
  ['joined &&', true, null],
])('%s, with joined at %s, holds: %s', (code, value, holds) => {
  const condition = { code, negated: false, node: null, start: 0, end: 0 };
  expect(holdsWith(condition, 'joined', value)).toBe(holds);
  expect(holdsWith({ ...condition, negated: true }, 'joined', value)).toBe(holds === null ? null : !holds);
});
