import { describe, expect, it } from 'vitest';
import { FLUTTER_RULES } from '../../../src/check/rules/flutter/flutter-rules.ts';
import type { Cases } from './flutter/cases.ts';
import { ENDING_CASES } from './flutter/ending-cases.ts';
import { JOIN_CASES } from './flutter/join-cases.ts';
import { PLATFORM_CASES } from './flutter/platform-cases.ts';
import { findIn } from './flutter-run.ts';

const CASES: Readonly<Record<string, Cases>> = { ...JOIN_CASES, ...ENDING_CASES, ...PLATFORM_CASES };

describe.each(FLUTTER_RULES)('$id', ({ id, bad, good }) => {
  const { wrong, right } = CASES[id] ?? { wrong: {}, right: {} };
  const count = (files: Readonly<Record<string, string>>) =>
    findIn(files).filter(line => line.endsWith(` ${id}`)).length;

  it('has three cases of each kind at least', () => {
    expect([Object.keys(wrong).length >= 3, Object.keys(right).length >= 3]).toEqual([true, true]);
  });

  it.each(Object.entries({ 'its example': bad, ...wrong }))('objects to: %s', (_, files) => {
    expect(count(files)).toBeGreaterThan(0);
  });

  it.each(Object.entries({ 'its example': good, ...right }))('has nothing against: %s', (_, files) => {
    expect(count(files)).toBe(0);
  });
});
