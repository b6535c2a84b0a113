import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { unzip, zip } from '../../../src/smoke/evidence/zip.ts';

describe('a zip archive', () => {
  it.each([
    ['nothing', []],
    [
      'files and folders',
      [
        ['a.txt', 'a'],
        ['resources/ü.json', '{}'],
        ['empty', ''],
      ],
    ],
    ['much that packs badly', [['noise', randomBytes(100_000)]]],
  ] as const)('gives back %s', (_, files) => {
    const entries = files.map(([name, text]) => ({ name, data: Buffer.from(text) }));
    expect(unzip(zip(entries))).toEqual(entries);
  });

  it.each([
    ['no archive', Buffer.from('hello')],
    ['an archive whose index is gone', zip([{ name: 'a', data: Buffer.from('a') }]).fill(0, 0, 60)],
  ])('is not %s', (_, bytes) => {
    expect(() => unzip(bytes)).toThrow(RangeError);
  });
});
