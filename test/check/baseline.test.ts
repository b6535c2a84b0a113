import { describe, expect, it } from 'vitest';
import { baselineOf, readBaseline, withoutKnown, writeBaseline } from '../../src/check/baseline.ts';
import { findingOf } from './finding-of.ts';

const SECRET = 'console.log("sk_live_123");';
const before = () => `one();\n${SECRET}\n${SECRET}\n`;
const known = baselineOf([findingOf({ line: 2 }), findingOf({ line: 3 })], before);

describe('a baseline', () => {
  it('knows its findings where lines have moved and been indented', () => {
    const after = () => `new();\nlines();\none();\n  ${SECRET}\n${SECRET}`;
    expect(withoutKnown([findingOf({ line: 4 }), findingOf({ line: 5 })], known, after)).toEqual([]);
  });

  it.each([
    ['one more of the same', findingOf({ line: 4 }), 1],
    ['another rule on the same line', findingOf({ line: 2, ruleId: 'web/end-call' }), 0],
    ['the same in another file', findingOf({ line: 2, file: 'src/b.ts' }), 0],
    ['other code', findingOf({ line: 1 }), 0],
  ])('does not know %s', (_, finding, same) => {
    const after = () => `one();\n${SECRET}\n${SECRET}\n${SECRET}`;
    const all = same ? [findingOf({ line: 2 }), findingOf({ line: 3 }), finding] : [finding];
    expect(withoutKnown(all, known, after)).toEqual([finding]);
  });

  it('comes back from its file as it was, and holds no code', () => {
    const text = writeBaseline(known);
    expect([...readBaseline(text, 'b.json')]).toEqual([...known]);
    expect(text).not.toContain('sk_live');
  });

  it.each([
    '',
    'null',
    '[]',
    '{"version": 2, "known": {}}',
    '{"version": 1}',
    '{"version": 1, "known": {"a": "b"}}',
  ])('is none: %j', text => {
    expect(() => readBaseline(text, 'b.json')).toThrow(
      /b\.json is no baseline; write it anew with --update-baseline/,
    );
  });
});
