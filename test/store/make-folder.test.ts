import { existsSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { makeFolder } from '../../src/store/make-folder.ts';

let home: string;
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'meet-folder-'));
});
afterEach(() => rmSync(home, { recursive: true }));

describe('making a folder', () => {
  it('makes those above it too, with its mode, and takes what is there', () => {
    const folder = join(home, 'a', 'b', 'c');
    makeFolder(folder, 0o700);
    makeFolder(folder, 0o700);
    makeFolder('/', 0o700);
    expect([folder, join(home, 'a')].map(path => statSync(path).mode & 0o777)).toEqual([0o700, 0o700]);
  });

  it.each([['file'], ['file/below'], ['file/below/that']])('says that %s is none, below a file', path => {
    writeFileSync(join(home, 'file'), '');
    expect(() => makeFolder(join(home, path))).toThrow(/EEXIST|ENOTDIR/);
  });

  // Node's `recursive` would never come back from here.
  it.skipIf(!existsSync('/proc/self')).each([['/proc/x'], ['/proc/x/y/z'], ['/proc/self/x']])(
    'says at once that %s cannot be made',
    path => {
      expect(() => makeFolder(path)).toThrow('ENOENT');
    },
  );
});
