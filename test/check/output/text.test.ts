import { describe, expect, it } from 'vitest';
import type { CheckResult } from '../../../src/check/check-project.ts';
import type { Finding } from '../../../src/check/finding.ts';
import { codeFrame } from '../../../src/check/output/code-frame.ts';
import { describeResult } from '../../../src/check/output/text.ts';
import { wrap } from '../../../src/check/output/wrap.ts';
import { ALL_RULES } from '../../../src/check/rules/all.ts';
import { findingOf } from '../finding-of.ts';
import { projectOf } from '../in-memory.ts';

const plain = (_style: string, text: string) => text;
const project = projectOf({
  'src/a.ts': `const token = await ask();\nconsole.log(token);\n${'x'.repeat(200)}; log(token);\n`,
  'src/b.ts': '\uFEFFlog(token);\n',
});
const findings: readonly Finding[] = [
  findingOf({ line: 2, endLine: 2, column: 13, endColumn: 18 }),
  findingOf({ line: 3, endLine: 3, column: 207, endColumn: 212, fix: [] }),
  findingOf({ file: 'src/b.ts', severity: 'info', ruleId: 'web/explicit-settings' }),
];
const result: CheckResult = {
  findings,
  notes: [{ file: 'logo.ts', message: 'a binary file: not checked' }],
  summary: { files: 2, errors: 2, warnings: 0, infos: 1, suppressed: 1 },
};
const tell = (width: number, one = result) =>
  describeResult(one, { project, rules: ALL_RULES, paint: plain, width });

describe('the text of a result', () => {
  it.each([70, 80, 120, 200])('has no line longer than a terminal of %i columns', width => {
    expect(tell(width).filter(line => line.length > width)).toEqual([]);
  });

  it('names each file once, and explains each rule once', () => {
    const lines = tell(80);
    expect(lines.filter(line => line === 'src/a.ts' || line === 'src/b.ts')).toEqual([
      'src/a.ts',
      'src/b.ts',
    ]);
    expect(lines.filter(line => line.startsWith('    why  '))).toHaveLength(2);
  });

  it('counts by rule at the end, the worst first', () => {
    expect(tell(100).slice(-5)).toEqual([
      '  2  error  web/token-logged       a call token or an auth token is written to the console',
      '  1  info   web/explicit-settings  settings that only say what the SDK does anyway',
      '',
      '2 errors, 0 warnings, 1 remark in 2 files, 1 held back by comments',
      '--fix mends one of them; --fix --dry-run shows how',
    ]);
  });

  it('is one line where nothing is wrong', () => {
    const summary = { files: 1, errors: 0, warnings: 0, infos: 0, suppressed: 0 };
    expect(tell(80, { findings: [], notes: [], summary })).toEqual(['0 errors, 0 warnings in 1 file']);
  });

  it('lets no text of the project steer the terminal', () => {
    const file = 'src/\u001b[2Jc.ts';
    const evil = projectOf({ [file]: 'log("\u001b[31m\u0007\u202e");\n' });
    const one = { ...result, findings: [findingOf({ file, message: 'no \u001b[1mA' })] };
    const lines = describeResult(one, { project: evil, rules: ALL_RULES, paint: plain, width: 80 });
    expect(lines.join('')).not.toMatch(/\p{Cc}|\u202e/u);
  });
});

describe('a code frame', () => {
  const frame = (text: string, at: Partial<Finding>, width = 40) =>
    codeFrame(text, findingOf({ line: 1, endLine: 1, ...at }), plain, width);

  it.each([
    [
      'a part of a line',
      'log(token);',
      { column: 5, endColumn: 10 },
      ['> 1 | log(token);', '    |     ^^^^^'],
    ],
    ['tabs as single spaces', '\tlog(a);', { column: 2, endColumn: 5 }, ['> 1 |  log(a);', '    |  ^^^']],
    [
      'what follows a byte order mark',
      '\uFEFFlog(a);',
      { column: 2, endColumn: 5 },
      ['> 1 |  log(a);', '    |  ^^^'],
    ],
    [
      'lines that end as in Windows',
      'log(a);\r\nb();\r\n',
      { column: 1, endColumn: 4 },
      ['> 1 | log(a);', '    | ^^^', '  2 | b();'],
    ],
    [
      'the end of a long line',
      `${'x'.repeat(100)}token${'y'.repeat(50)}`,
      { column: 101, endColumn: 106 },
      [`> 1 | …${'x'.repeat(19)}token${'y'.repeat(8)}…`, `    | ${' '.repeat(20)}^^^^^`],
    ],
    [
      'the first of many lines',
      'f(\n1,\n2,\n3,\n4);',
      { endLine: 5, column: 1, endColumn: 3 },
      ['> 1 | f(', '    | ^^', '> 2 | 1,', '> 3 | 2,', '  4 | 3,'],
    ],
    ['no text at all', '', { column: 5, endColumn: 9 }, ['> 1 |', '    |     ^']],
  ])('shows %s', (_, text, at, lines) => {
    expect(frame(text, at, 40)).toEqual(lines);
  });
});

describe('wrapping', () => {
  it.each([
    ['at spaces', 'one two three four five six', ['one two three four', 'five six']],
    [
      'not inside of short code',
      'call `session.leave( now )` there',
      ['call', '`session.leave( now )`', 'there'],
    ],
    [
      'and keeps the beginning of a line of code',
      '  if (one) return two(three);',
      ['  if (one) return', '  two(three);'],
    ],
    ['and keeps line breaks', 'a\n  b', ['a', '  b']],
    ['and lets long words stand', `a ${'b'.repeat(30)} c`, ['a', 'b'.repeat(30), 'c']],
  ])('breaks %s', (_, text, lines) => {
    expect(wrap(text, 20)).toEqual(lines);
  });
});
