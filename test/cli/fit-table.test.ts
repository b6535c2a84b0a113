import { describe, expect, it } from 'vitest';
import { fitTable } from '../../src/cli/fit-table.ts';

const cell = (text: string) => ({ text, style: (word: string) => word });
const GUEST = 'guest-abcdefghijklmnopqrstu';
const rows = [
  { WHEN: cell('05:32'), WHO: cell(GUEST), WHY: cell('The link is incomplete; copy all of it.') },
  { WHEN: cell('05:33'), WHO: cell('bob'), WHY: cell('') },
];
const tableAt = (width: number) => fitTable(rows, { width, styleTitle: title => title }).flat();

describe('a table of a width', () => {
  it('has each row in a line where there is room', () => {
    expect(tableAt(Number.POSITIVE_INFINITY)).toEqual([
      'WHEN   WHO                          WHY',
      `05:32  ${GUEST}  The link is incomplete; copy all of it.`,
      '05:33  bob',
    ]);
  });

  it('breaks the last column between words', () => {
    expect(tableAt(62)).toEqual([
      'WHEN   WHO                          WHY',
      `05:32  ${GUEST}  The link is incomplete;`,
      '                                    copy all of it.',
      '05:33  bob',
    ]);
  });

  it('puts below what has no room, title too', () => {
    expect(tableAt(40)).toEqual([
      'WHEN   WHO',
      '    WHY',
      `05:32  ${GUEST}`,
      '    The link is incomplete; copy all of',
      '    it.',
      '05:33  bob',
    ]);
  });

  it('leaves a uid whole, however narrow', () => {
    expect(tableAt(20)).toContain(`    ${GUEST}`);
    for (const width of [1, 10, 30, 80]) expect(tableAt(width).join(' ')).toContain(GUEST);
  });
});
