import { describe, expect, it } from 'vitest';
import { findNearest } from '../../src/core/nearest.ts';

describe('the nearest word', () => {
  it.each([
    ['stabel', 'stable'],
    ['Team', 'team'],
    ['ofice-hour', 'office-hours'],
    ['appointement', 'appointment'],
    ['random', null],
    ['', null],
  ])('to %j is %j', (word, expected) => {
    expect(findNearest(word, ['stable', 'team', 'appointment', 'office-hours'])).toBe(expected);
  });

  it('is none among none', () => {
    expect(findNearest('x', [])).toBeNull();
  });
});
