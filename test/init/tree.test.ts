import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openTree, writeChanges } from '../../src/init/tree.ts';
import { makeFolder } from '../../src/store/make-folder.ts';

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
    writeChanges(root, [{ path: 'a/b/c.ts', before: null, after: 'c\n' }], makeFolder);
    expect(readFileSync(join(root, 'a/b/c.ts'), 'utf8')).toBe('c\n');
  });

  it('writes nothing where a file is another by now', () => {
    const changes = [
      { path: 'new.ts', before: null, after: 'n\n' },
      { path: 'src/main.ts', before: 'a\n', after: 'b\n' },
    ];
    expect(() => writeChanges(root, changes, makeFolder)).toThrow(
      'src/main.ts changed just now; run it again.',
    );
    expect(existsSync(join(root, 'new.ts'))).toBe(false);
  });

  it('names the file that it cannot write', () => {
    const changes = [{ path: 'latin.txt/below.ts', before: null, after: 'b\n' }];
    expect(() => writeChanges(root, changes, makeFolder)).toThrow(/latin\.txt\/below\.ts cannot be written/);
  });

  describe('by links', () => {
    let elsewhere: string;

    beforeEach(() => {
      elsewhere = mkdtempSync(join(tmpdir(), 'meet elsewhere '));
      writeFileSync(join(elsewhere, 'theirs.ts'), 'a\n');
    });

    afterEach(() => rmSync(elsewhere, { recursive: true }));

    // Windows lets administrators only make links to files.
    it.skipIf(process.platform === 'win32').each([
      ['that dangles', () => join(elsewhere, 'new.ts'), null],
      ['out of the project', () => join(elsewhere, 'theirs.ts'), 'a\n'],
      ['to a file within', () => join(root, 'src/main.ts'), '\uFEFFa\r\n'],
    ])('writes nothing for one %s', (_, target, before) => {
      symlinkSync(target(), join(root, 'linked.ts'));
      const changes = [
        { path: 'first.ts', before: null, after: 'f\n' },
        { path: 'linked.ts', before, after: 'b\n' },
      ];
      expect(() => writeChanges(root, changes, makeFolder)).toThrow(
        /linked\.ts is a link; put a file in its place/,
      );
      expect(existsSync(join(root, 'first.ts'))).toBe(false);
      expect(readdirSync(elsewhere)).toEqual(['theirs.ts']);
      expect(readFileSync(join(elsewhere, 'theirs.ts'), 'utf8')).toBe('a\n');
    });

    it.each([
      ['a folder elsewhere', () => elsewhere],
      ['a folder that is not there', () => join(elsewhere, 'gone')],
    ])('writes nothing into %s', (_, target) => {
      symlinkSync(target(), join(root, 'lib'), 'junction');
      const changes = [{ path: 'lib/a/new.ts', before: null, after: 'n\n' }];
      expect(() => writeChanges(root, changes, makeFolder)).toThrow(
        /lib leads out of .* by a link; put a folder/,
      );
      expect(readdirSync(elsewhere)).toEqual(['theirs.ts']);
    });

    it('writes into a folder of the same project, and where the project itself is reached by one', () => {
      symlinkSync(join(root, 'src'), join(root, 'lib'), 'junction');
      symlinkSync(root, join(elsewhere, 'project'), 'junction');
      writeChanges(
        join(elsewhere, 'project'),
        [{ path: 'lib/new.ts', before: null, after: 'n\n' }],
        makeFolder,
      );
      expect(readFileSync(join(root, 'src/new.ts'), 'utf8')).toBe('n\n');
    });
  });
});
