import { createHash } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { resolveSdk, SDK_NAME } from '../../src/server/sdk.ts';
import { temporaryFolder } from './harness.ts';

async function write(root: string, files: Record<string, unknown>): Promise<void> {
  for (const [name, content] of Object.entries(files)) {
    await mkdir(dirname(join(root, name)), { recursive: true });
    await writeFile(join(root, name), typeof content === 'string' ? content : JSON.stringify(content));
  }
}

const V5 = {
  'package.json': {
    name: SDK_NAME,
    version: '5.0.7',
    main: 'dist/index.es.js',
    exports: { '.': './dist/index.es.js' },
  },
  'dist/index.es.js': 'export {}',
  'dist/index.umd.js': 'umd',
  'dist/style.css': '',
};
const V4 = {
  'package.json': { name: SDK_NAME, version: '4.0.1', main: 'pack/index.js' },
  'pack/index.js': 'v4',
};

/** A project with the SDK, and the path of a folder deep inside it. */
async function project(
  files: Record<string, unknown>,
): Promise<{ root: string; sdk: string; inside: string }> {
  const root = await temporaryFolder();
  const sdk = join(root, 'node_modules', SDK_NAME);
  await write(sdk, files);
  const inside = join(root, 'src', 'deep');
  await mkdir(inside, { recursive: true });
  return { root, sdk, inside };
}

describe('resolveSdk', () => {
  it('takes ours where the project has none', async () => {
    const sdk = await resolveSdk(undefined, await temporaryFolder());
    expect(sdk).toMatchObject({
      name: SDK_NAME,
      version: '4.2.6',
      major: 4,
      source: 'bundled',
      script: 'index.js',
    });
    const bytes = await readFile(join(sdk.folder, sdk.script));
    expect(sdk.hash).toBe(createHash('sha256').update(bytes).digest('hex').slice(0, 16));
  });

  it('prefers the project’s, from any folder in it', async () => {
    const { sdk: folder, inside } = await project(V5);
    expect(await resolveSdk(undefined, inside)).toMatchObject({
      version: '5.0.7',
      major: 5,
      source: 'project',
      folder: join(folder, 'dist'),
      script: 'index.umd.js',
      style: 'style.css',
    });
  });

  it('takes ours all the same when told to', async () => {
    const { inside } = await project(V5);
    expect(await resolveSdk('bundled', inside)).toMatchObject({ version: '4.2.6', source: 'bundled' });
  });

  it('finds the script of version 4 through main', async () => {
    const { inside } = await project(V4);
    expect(await resolveSdk('project', inside)).toMatchObject({ major: 4, script: 'index.js', style: null });
  });

  it.each(['.', 'pack/index.js'])('takes the path %s', async path => {
    const root = await temporaryFolder();
    await write(root, V4);
    expect(await resolveSdk(path, root)).toMatchObject({
      version: '4.0.1',
      source: 'path',
      folder: join(root, 'pack'),
      script: 'index.js',
    });
  });

  it('says that it is our own copy in our own checkout', async () => {
    expect((await resolveSdk(undefined, process.cwd())).source).toBe('bundled');
  });

  it.each([
    ['no SDK in the project', 'project', {}],
    ['a path that is not there', './nowhere', {}],
    ['a file without a package', 'sdk.js', { 'sdk.js': '' }],
    ['a folder without a package', '.', { 'a.js': '' }],
    ['another package', '.', { 'package.json': { name: 'left-pad', version: '4.0.0' } }],
    ['version 3', '.', { 'package.json': { name: SDK_NAME, version: '3.0.5' } }],
    ['a package that is not JSON', '.', { 'package.json': '{' }],
    [
      'a package without its script',
      '.',
      { 'package.json': { name: SDK_NAME, version: '4.2.6', main: 'x.js' } },
    ],
  ])('refuses %s', async (_, choice, files) => {
    const root = await temporaryFolder();
    await write(root, files);
    await expect(resolveSdk(choice, root)).rejects.toMatchObject({ code: 'BAD_CONFIG' });
  });
});
