import { describe, expect, it } from 'vitest';
import { checkProject } from '../../src/check/check-project.ts';
import { readLevels } from '../../src/check/levels.ts';
import { ALL_RULES } from '../../src/check/rules/all.ts';
import { projectOf } from './in-memory.ts';

const SDK = "import { CometChatCalls } from '@cometchat/calls-sdk-javascript';\n";
const BAD = 'CometChatCalls.leaveCall();';

const check = (files: Record<string, string>, levels = {}) =>
  checkProject(projectOf(files), { rules: ALL_RULES, levels });

describe('a comment with a reason', () => {
  it.each([
    ['//', `// meet-check-disable-next-line web/unknown-member -- ours\n${BAD}`],
    ['/* */', `/* meet-check-disable-next-line web/unknown-member -- ours */\n${BAD}`],
    ['several ids', `// meet-check-disable-next-line web/token-logged, web/unknown-member -- ours\n${BAD}`],
  ])('holds a finding of the next line back: %s', (_, code) => {
    const { findings, notes, summary } = check({ 'a.js': SDK + code });
    expect({ findings, notes, held: summary.suppressed }).toEqual({ findings: [], notes: [], held: 1 });
  });

  it('holds back in a page too', () => {
    const page = `<script>\n<!-- meet-check-disable-next-line web/unknown-member -- ours -->\n${BAD}\n</script>`;
    expect(check({ 'a.html': page }).summary.suppressed).toBe(1);
  });

  it.each([
    ['another rule', '// meet-check-disable-next-line web/token-logged -- ours'],
    ['another line', '// meet-check-disable-next-line web/unknown-member -- ours\n'],
    ['a string', 'const a = "meet-check-disable-next-line web/unknown-member -- ours"'],
  ])('holds nothing back that is about %s', (_, comment) => {
    expect(check({ 'a.js': `${SDK}${comment}\n${BAD}` }).findings).toHaveLength(1);
  });

  it.each([
    ['no reason', 'web/unknown-member', 'gives no reason'],
    ['an unknown id', 'web/unknown-thing -- ours', 'names web/unknown-thing, which is no rule'],
    ['no id', '-- ours', 'names no rule'],
  ])('is told of, and holds nothing back, with %s', (_, words, note) => {
    const { findings, notes } = check({ 'a.js': `${SDK}// meet-check-disable-next-line ${words}\n${BAD}` });
    expect(findings).toHaveLength(1);
    expect(notes).toEqual([{ file: 'a.js', line: 2, message: expect.stringContaining(note) }]);
  });
});

describe('levels', () => {
  it.each([
    ['off', []],
    ['warning', ['warning']],
  ])('make a rule count as %s', (level, severities) => {
    const { findings } = check({ 'a.js': SDK + BAD }, { 'web/unknown-member': level });
    expect(findings.map(({ severity }) => severity)).toEqual(severities);
  });

  const ids = ALL_RULES.map(({ id }) => id);

  it('are read from the configuration', () => {
    expect(readLevels({ rules: { 'web/token-logged': 'off' } }, ids)).toEqual({ 'web/token-logged': 'off' });
    expect(readLevels({}, ids)).toEqual({});
  });

  it.each([
    [[], 'check must be'],
    [{ rules: 1 }, 'check must be'],
    [{ rule: {} }, 'unknown field rule'],
    [{ rules: { 'web/x': 'off' } }, 'no rule web/x'],
    [{ rules: { 'web/token-logged': 'loud' } }, 'the level of web/token-logged'],
  ])('are refused as BAD_CONFIG: %j', (config, words) => {
    expect(() => readLevels(config, ids)).toThrow(
      expect.objectContaining({ code: 'BAD_CONFIG', message: expect.stringContaining(words) }),
    );
  });
});
