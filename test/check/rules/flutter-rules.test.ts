import { describe, expect, it } from 'vitest';
import { FLUTTER_RULES } from '../../../src/check/rules/flutter/flutter-rules.ts';
import { findIn } from './flutter-run.ts';

describe.each(FLUTTER_RULES)('$id', ({ id, bad, good }) => {
  const ofRule = (found: readonly string[]) => found.filter(line => line.endsWith(` ${id}`));

  it('objects to its bad example, and not to its good one', () => {
    expect([ofRule(findIn(bad)).length > 0, ofRule(findIn(good))]).toEqual([true, []]);
  });
});
