import { PassThrough } from 'node:stream';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { formatInstant, formatRelative, formatWhen } from '../../src/cli/format-time.ts';
import { createOutput } from '../../src/cli/output.ts';
import { cut, formatTable } from '../../src/cli/table.ts';

const NOW = Date.parse('2026-11-20T15:04:05Z');
const [SECOND, MINUTE, HOUR, DAY] = [1000, 60_000, 3_600_000, 86_400_000];

describe('a time', () => {
  afterEach(() => vi.unstubAllEnvs());

  it.each([
    ['UTC', '2026-11-20 15:04 UTC'],
    ['Europe/Berlin', '2026-11-20 16:04 +01:00'],
    ['Asia/Kathmandu', '2026-11-20 20:49 +05:45'],
    ['America/St_Johns', '2026-11-20 11:34 -03:30'],
  ])('in %s is %s', (zone, expected) => {
    vi.stubEnv('TZ', zone);
    expect(formatInstant(NOW)).toBe(expected);
  });

  it.each([
    [1, 'in 0 s'],
    [0, 'just now'],
    [-4 * SECOND, 'just now'],
    [-5 * SECOND, '5 s ago'],
    [89 * SECOND, 'in 89 s'],
    [90 * SECOND, 'in 2 min'],
    [89 * MINUTE, 'in 89 min'],
    [90 * MINUTE, 'in 2 h'],
    [24 * HOUR - 1, 'in 24 h'],
    [47 * HOUR, 'in 47 h'],
    [2 * DAY, 'in 2 d'],
    [30 * DAY, 'in 30 d'],
    [-5 * MINUTE, '5 min ago'],
    [-40 * DAY, '40 d ago'],
  ])('%d ms from now is %s', (ms, expected) => {
    expect(formatRelative(NOW + ms, NOW)).toBe(expected);
  });

  it('is given both ways under a link', () => {
    vi.stubEnv('TZ', 'UTC');
    expect(formatWhen(NOW + DAY, NOW)).toBe('2026-11-21 15:04 UTC (in 24 h)');
  });
});

describe('a table', () => {
  it('aligns by what a terminal shows', () => {
    const rows = [
      { NAME: '東京', LEFT: 'a' },
      { NAME: '\u001b[1mbold\u001b[22m', LEFT: 'b' },
      { NAME: 'e\u0301t\u00e9 👍', LEFT: '' },
    ];
    expect(formatTable(rows)).toEqual([
      'NAME    LEFT',
      '東京    a',
      '\u001b[1mbold\u001b[22m    b',
      'e\u0301té 👍',
    ]);
  });

  it('leaves out a column in which nobody has anything', () => {
    expect(
      formatTable([
        { A: '1', B: '', C: '3' },
        { A: '2', B: '', C: '' },
      ]),
    ).toEqual(['A  C', '1  3', '2']);
    expect(formatTable([])).toEqual(['']);
  });

  it.each([
    ['short', 'short'],
    ['exactly 10', 'exactly 10'],
    ['more than ten', 'more than…'],
    ['👍👍👍👍👍👍👍👍👍👍👍', '👍👍👍👍👍👍👍👍👍…'],
  ])('cuts %j to %j', (text, expected) => {
    expect(cut(text, 10)).toBe(expected);
  });
});

describe('colours', () => {
  it.each([
    ['on a terminal', true, {}, true],
    ['in a pipe', false, {}, false],
    ['with NO_COLOR', true, { NO_COLOR: '1' }, false],
    ['with an empty NO_COLOR', true, { NO_COLOR: '' }, true],
    ['with FORCE_COLOR in a pipe', false, { FORCE_COLOR: '1' }, true],
    ['with FORCE_COLOR=0', true, { FORCE_COLOR: '0' }, false],
    ['with NO_COLOR and FORCE_COLOR', true, { NO_COLOR: '1', FORCE_COLOR: '1' }, false],
    ['on a dumb terminal', true, { TERM: 'dumb' }, false],
  ])('%s', (_, isTTY, env, shown) => {
    const output = createOutput(Object.assign(new PassThrough(), { isTTY }), env);
    expect(output.style('red', 'x')).toBe(shown ? '\u001b[31mx\u001b[39m' : 'x');
  });
});
