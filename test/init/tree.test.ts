import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openTree, writeChanges } from '../../src/init/tree.ts';

let root: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'meet init '));
  mkdirSync(join(root, 'src'));
  writeFileSync(join(root, 'src/main.ts'), '\uFEFFa\r\n');
  writeFileSync(join(root, 'latin.txt'), Buffer.from([0x67, 0xfc, 0x6e]));
});

afterEach(() => rmSync(root, { recursive: true }));

describe('the files of a project', () => {
  it('are read as they are', () => {
    const tree = openTree(root);
    expect([tree.read('src/main.ts'), tree.read('none'), tree.read('latin.txt/none')]).toEqual([
      '\uFEFFa\r\n',
      null,
      null,
    ]);
    expect([tree.list('.'), tree.list('src'), tree.list('none')]).toEqual([
      ['latin.txt', 'src/'],
      ['main.ts'],
      [],
    ]);
  });

  it('have to be UTF-8', () => {
    expect(() => openTree(root).read('latin.txt')).toThrow(/latin\.txt is no UTF-8/);
  });

  it('are not read where they are folders', () => {
    expect(() => openTree(root).read('src')).toThrow(/cannot be read \(EISDIR\)/);
  });
});

describe('writing a plan', () => {
  it('makes the folders that lack', () => {
    writeChanges(root, [{ path: 'a/b/c.ts', before: null, after: 'c\n' }]);
    expect(readFileSync(join(root, 'a/b/c.ts'), 'utf8')).toBe('c\n');
  });

  it('writes nothing where a file is another by now', () => {
    const changes = [
      { path: 'new.ts', before: null, after: 'n\n' },
      { path: 'src/main.ts', before: 'a\n', after: 'b\n' },
    ];
    expect(() => writeChanges(root, changes)).toThrow('src/main.ts changed just now; run it again.');
    expect(existsSync(join(root, 'new.ts'))).toBe(false);
  });

  it('names the file that it cannot write', () => {
    const changes = [{ path: 'latin.txt/below.ts', before: null, after: 'b\n' }];
    expect(() => writeChanges(root, changes)).toThrow(/latin\.txt\/below\.ts cannot be written/);
  });
});
