import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { checkProject } from '../../../src/check/check-project.ts';
import { type Disk, nodeDisk } from '../../../src/check/project/disk.ts';
import { readProject } from '../../../src/check/project/project.ts';
import { ALL_RULES } from '../../../src/check/rules/all.ts';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'meet-check-'));
});

afterEach(() => {
  chmodSync(folder, 0o755);
  rmSync(folder, { recursive: true, force: true });
});

function write(path: string, content: string | Buffer): void {
  mkdirSync(join(folder, path, '..'), { recursive: true });
  writeFileSync(join(folder, path), content);
}

const notes = (disk?: Disk) =>
  checkProject(readProject(folder, disk), { rules: ALL_RULES }).notes.map(
    ({ file, message }) => `${file}: ${message}`,
  );

/** The user of the tests may be root, whom no mode keeps out. */
const locked = (path: string): Disk => ({
  ...nodeDisk,
  read(file) {
    if (file === join(folder, path)) throw Object.assign(new Error('no'), { code: 'EACCES' });
    return nodeDisk.read(file);
  },
  list(place) {
    if (place === join(folder, path)) throw Object.assign(new Error('no'), { code: 'EACCES' });
    return nodeDisk.list(place);
  },
});

describe('a note and no crash', () => {
  it('for an empty folder', () => {
    expect(notes()).toEqual(['.: nothing to check here']);
  });

  it.each<[string, string, string | Buffer, string]>([
    ['broken syntax', 'a.js', 'function (', 'a.js: broken syntax'],
    ['broken types', 'a.ts', 'const a: = 1;', 'a.ts: broken syntax'],
    ['a broken component', 'a.vue', '<script>const =</script><template><div></template>', 'a.vue: broken'],
    ['a binary file', 'a.js', Buffer.from([0x7f, 0x45, 0x4c, 0x46, 0, 0, 1]), 'a.js: a binary file'],
    ['10 MB', 'a.js', `let a;\n${'a = 1;\n'.repeat(1_500_000)}`, 'a.js: too large'],
  ])('for %s', (_, path, content, note) => {
    write('package.json', '{}');
    write(path, content);
    expect(notes().filter(each => each.startsWith(note))).toHaveLength(1);
  });

  it.each([
    ['a file that cannot be read', 'src/a.js', 'src/a.js: cannot be read (EACCES)'],
    ['a folder that cannot be read', 'src', 'src: a folder that cannot be read (EACCES)'],
  ])('for %s', (_, path, note) => {
    write('package.json', '{}');
    write('src/a.js', '1');
    expect(notes(locked(path))).toEqual([note]);
  });

  it('for a link to a folder above it, and for one that leads nowhere', () => {
    write('src/a.js', '1');
    symlinkSync('..', join(folder, 'src/up'));
    symlinkSync('nowhere', join(folder, 'src/gone.js'));
    expect(notes().sort()).toEqual([
      'src/gone.js: a link that leads nowhere (ENOENT)',
      'src/up: a link to a folder above it: not followed',
    ]);
  });
});

describe('the files of a project', () => {
  const paths = () => [...readProject(folder).files.keys()];

  it('are its own sources: no packages, builds, tests, generated or ignored files', () => {
    write('.gitignore', 'local/\n*.gen.ts\n!keep.gen.ts\n');
    write('packages/a/.gitignore', '/tmp.js\n');
    const left = [
      'node_modules/x/a.js',
      'dist/a.js',
      'src/a.test.ts',
      'src/a.min.js',
      'local/a.js',
      'src/b.gen.ts',
    ];
    const taken = ['package.json', 'packages/a/sub/tmp.js', 'src/a.ts', 'src/keep.gen.ts', 'src/room.vue'];
    for (const path of [...left, ...taken, 'packages/a/tmp.js', 'readme.md', 'test/b.js']) write(path, '{}');
    expect(paths()).toEqual(taken);
  });

  it('are found through links, once', () => {
    write('shared/a.js', '1');
    mkdirSync(join(folder, 'app'));
    symlinkSync('../shared', join(folder, 'app/shared'));
    expect(paths()).toEqual(['app/shared/a.js', 'shared/a.js']);
  });
});
