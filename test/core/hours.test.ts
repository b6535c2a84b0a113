import { describe, expect, it } from 'vitest';
import { formatHours, parseHours } from '../../src/core/hours.ts';
import { codeOf } from './fixtures.ts';

describe('hours', () => {
  it.each([
    ['Mon-Fri 14:00-16:00', 'Mon-Fri 14:00-16:00'],
    ['Mon,Wed 9:00-11:30; Fri 14-16', 'Mon,Wed 09:00-11:30; Fri 14:00-16:00'],
    ['  mon - FRI   9:00 – 10:00 ', 'Mon-Fri 09:00-10:00'],
    ['Wed,Mon,Tue 9-10', 'Mon-Wed 09:00-10:00'],
    ['Sat,Sun 9-10', 'Sat,Sun 09:00-10:00'],
    ['Fri-Mon 9-10', 'Mon,Fri-Sun 09:00-10:00'],
    ['Mon-Sun 0:00-24:00', 'Mon-Sun 00:00-24:00'],
    ['Fri 22:00-2:00', 'Fri 22:00-02:00'],
    ['Mon,Mon 9-10', 'Mon 09:00-10:00'],
  ])('%s are kept as %s, which reads the same', (text, canonical) => {
    expect(formatHours(parseHours(text))).toBe(canonical);
    expect(formatHours(parseHours(canonical))).toBe(canonical);
  });

  it.each([
    ['no day', '14:00-16:00'],
    ['no time', 'Mon-Fri'],
    ['nothing', ''],
    ['nothing after a semicolon', 'Mon 9-10;'],
    ['a day that is none', 'Mon,Foo 9-10'],
    ['three days in a row', 'Mon-Wed-Fri 9-10'],
    ['an hour that is none', 'Mon 9-25'],
    ['a minute that is none', 'Mon 9:60-10'],
    ['a time after midnight', 'Mon 9:00-24:30'],
    ['no time between', 'Mon 9:00-9:00'],
    ['a begin at 24:00', 'Mon 24:00-2:00'],
    ['more than is sensible', Array(21).fill('Mon 9-10').join(';')],
  ])('with %s are refused', async (_, text) => {
    expect(await codeOf(() => parseHours(text))).toBe('BAD_TIME');
  });

  it('that cannot be read say how to write them', () => {
    expect(() => parseHours('weekdays 2pm')).toThrow("write hours like 'Mon-Fri 14:00-16:00'");
  });
});
