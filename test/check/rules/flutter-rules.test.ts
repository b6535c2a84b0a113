import { afterAll, describe, expect, it } from 'vitest';
import type { Example } from '../../../src/check/rule.ts';
import { FLUTTER_RULES } from '../../../src/check/rules/flutter/flutter-rules.ts';
import { formatRuleTable } from '../rule-table.ts';
import type { Cases } from './flutter/cases.ts';
import { ENDING_CASES } from './flutter/ending-cases.ts';
import { JOIN_CASES } from './flutter/join-cases.ts';
import { PLATFORM_CASES } from './flutter/platform-cases.ts';
import { findIn } from './flutter-run.ts';

const CASES: Readonly<Record<string, Cases>> = { ...JOIN_CASES, ...ENDING_CASES, ...PLATFORM_CASES };

const outcomes = new Map<string, boolean>();
const table = Object.entries(CASES).flatMap(([ruleId, { wrong, right }]) =>
  [...Object.keys(wrong), ...Object.keys(right)].map(name => ({ ruleId, name })),
);

afterAll(() => {
  process.stdout.write(`\n${formatRuleTable(FLUTTER_RULES, table, outcomes)}\n\n`);
});

const asFiles = (example: Example) => (typeof example === 'string' ? {} : example);

describe.each(FLUTTER_RULES)('$id', ({ id, bad, good }) => {
  const { wrong, right } = CASES[id] ?? { wrong: {}, right: {} };
  const count = (files: Example) => findIn(asFiles(files)).filter(line => line.endsWith(` ${id}`)).length;

  it('has three cases of each kind at least', () => {
    expect([Object.keys(wrong).length >= 3, Object.keys(right).length >= 3]).toEqual([true, true]);
  });

  it.each(Object.entries({ 'its example': bad, ...wrong }))('objects to: %s', (name, files) => {
    outcomes.set(`${id} ${name}`, count(files) > 0);
    expect(count(files)).toBeGreaterThan(0);
  });

  it.each(Object.entries({ 'its example': good, ...right }))('has nothing against: %s', (name, files) => {
    outcomes.set(`${id} ${name}`, count(files) === 0);
    expect(count(files)).toBe(0);
  });
});
