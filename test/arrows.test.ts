import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, it } from 'vitest';
import { findBrokenArrows } from './arrows/find-broken.ts';

const root = fileURLToPath(new URL('..', import.meta.url));

describe('the arrows between the parts', () => {
  it('point one way', async () => {
    expect(await findBrokenArrows(root)).toEqual([]);
  });
});

describe('the search for arrows against the order', () => {
  const folders: string[] = [];
  afterEach(async () => {
    await Promise.all(folders.splice(0).map(folder => rm(folder, { recursive: true })));
  });

  async function plant(files: Record<string, string>): Promise<string> {
    const folder = await mkdtemp(join(tmpdir(), 'meet-arrows-'));
    folders.push(folder);
    for (const [path, text] of Object.entries({ 'src/cli/main.ts': '', 'web/main.ts': '', ...files })) {
      await mkdir(dirname(join(folder, path)), { recursive: true });
      await writeFile(join(folder, path), text);
    }
    return folder;
  }

  it.each([
    [
      'an import',
      'src/core/a.ts',
      "import { b } from '../store/b.ts';",
      'src/core/a.ts imports src/store/b.ts',
    ],
    [
      'a type',
      'src/store/a.ts',
      "import type { B } from '../server/b.ts';",
      'src/store/a.ts imports src/server/b.ts',
    ],
    [
      'an export',
      'src/smoke/a.ts',
      "export * from '../server/b.ts';",
      'src/smoke/a.ts imports src/server/b.ts',
    ],
    [
      'a late import',
      'src/server/a.ts',
      "await import('../cli/b.ts');",
      'src/server/a.ts imports src/cli/b.ts',
    ],
    [
      "a type's import",
      'src/server/a.ts',
      "let a: import('../smoke/b.ts').B;",
      'src/server/a.ts imports src/smoke/b.ts',
    ],
    [
      'a core beyond errors',
      'src/emulator/a.ts',
      "import '../core/b.ts';",
      'src/emulator/a.ts imports src/core/b.ts',
    ],
    [
      'code for the page',
      'web/a.ts',
      "import { b } from '../src/core/b.ts';",
      'web/a.ts imports src/core/b.ts',
    ],
    [
      'the environment',
      'src/store/a.ts',
      'export const a = process.env.A;',
      'src/store/a.ts touches the environment',
    ],
    [
      'the environment taken apart',
      'src/store/a.ts',
      'const { env } = process;',
      'src/store/a.ts touches the environment',
    ],
    [
      'the environment imported',
      'src/store/a.ts',
      "import { env } from 'node:process';",
      'src/store/a.ts touches the environment',
    ],
    ['the exit code', 'src/smoke/a.ts', "process['exitCode'] = 1;", 'src/smoke/a.ts touches the exit code'],
    ['the console', 'web/a.ts', "console.log('a');", 'web/a.ts touches the console'],
    ['a folder without a layer', 'src/utils/a.ts', '', 'src/utils/a.ts belongs to no layer'],
  ])('finds %s', async (_, path, text, broken) => {
    expect(await findBrokenArrows(await plant({ [path]: text }))).toEqual([broken]);
  });

  it('finds two files of src/cli that both write to the console', async () => {
    const folder = await plant({
      'src/cli/a.ts': "process.stdout.write('a');",
      'src/cli/b.ts': "console.error('b');",
    });
    expect(await findBrokenArrows(folder)).toEqual([
      'the console is touched by src/cli/a.ts and src/cli/b.ts',
    ]);
  });

  it.each([
    ['the core for the store', 'src/store/a.ts', "import { b } from '../core/b.ts';"],
    ['errors for the emulator', 'src/emulator/a.ts', "import { E } from '../core/errors.ts';"],
    ["the core's types for the page", 'web/a.ts', "import type { B } from '../src/core/b.ts';"],
    ['everything for the cli', 'src/cli/a.ts', "import { b } from '../smoke/b.ts';"],
    ['packages', 'src/core/a.ts', "import { b } from 'b';"],
  ])('allows %s', async (_, path, text) => {
    expect(await findBrokenArrows(await plant({ [path]: text }))).toEqual([]);
  });
});
