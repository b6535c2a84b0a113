import { readdir } from 'node:fs/promises';
import { dirname, join, normalize, sep } from 'node:path';
import { readSourceFile, type SourceFile, type Surrounding } from './source-file.ts';

/** Which folders a folder may import from; itself always. A file stands for that file alone. */
const ALLOWED: Readonly<Record<string, readonly string[]>> = {
  'src/core': [],
  'src/store': ['src/core'],
  'src/cometchat': ['src/core/errors.ts'],
  'src/emulator': ['src/core/errors.ts'],
  'src/check': ['src/core/errors.ts'],
  'src/init': ['src/core/errors.ts'],
  'src/server': ['src/core', 'src/store', 'src/cometchat'],
  'src/smoke': ['src/core'],
  'src/client': ['src/core/errors.ts'],
  'src/cli': ['src', 'package.json'],
  web: [],
};

/** Types cost nothing and carry no behaviour: the page may share the core's. */
const ALLOWED_AS_TYPES: Readonly<Record<string, readonly string[]>> = { web: ['src/core'] };

/** Every arrow against the order, and every touch of the process's surroundings outside of src/cli, in words. */
export async function findBrokenArrows(root: string): Promise<string[]> {
  const paths = (await Promise.all(['src', 'web'].map(folder => listSources(root, folder)))).flat();
  const files = await Promise.all(
    paths.map(async path => ({ path, file: await readSourceFile(join(root, path)) })),
  );
  return [
    ...files.flatMap(({ path, file }) => [...brokenImports(path, file), ...brokenTouches(path, file)]),
    ...crowdedTouches(files),
  ];
}

async function listSources(root: string, folder: string): Promise<string[]> {
  const entries = await readdir(join(root, folder), { recursive: true });
  const paths = entries.filter(name => name.endsWith('.ts')).map(name => posix(join(folder, name)));
  // What `meet init` writes into apps is part of those, not of us.
  return paths.filter(path => !/^src\/init\/\w+\/templates\//.test(path));
}

function brokenImports(path: string, { imports }: SourceFile): string[] {
  const layer = layerOf(path);
  if (!layer) return [`${path} belongs to no layer`];
  return imports
    .filter(({ specifier }) => specifier.startsWith('.'))
    .map(({ specifier, typeOnly }) => ({ typeOnly, target: resolve(path, specifier) }))
    .filter(({ target, typeOnly }) => !isAllowed(layer, target, typeOnly))
    .map(({ target }) => `${path} imports ${target}`);
}

function isAllowed(layer: string, target: string, typeOnly: boolean): boolean {
  const allowed = [layer, ...(ALLOWED[layer] ?? []), ...(typeOnly ? (ALLOWED_AS_TYPES[layer] ?? []) : [])];
  return allowed.some(place => target === place || target.startsWith(`${place}/`));
}

function brokenTouches(path: string, { surroundings }: SourceFile): string[] {
  return path.startsWith('src/cli/')
    ? []
    : [...surroundings].map(touched => `${path} touches the ${touched}`);
}

/** In src/cli too, one file reads the environment, one sets the exit code, one writes to the console. */
function crowdedTouches(files: readonly { path: string; file: SourceFile }[]): string[] {
  const all: readonly Surrounding[] = ['environment', 'exit code', 'console'];
  return all.flatMap(touched => {
    const paths = files.filter(({ file }) => file.surroundings.has(touched)).map(({ path }) => path);
    const inCli = paths.filter(path => path.startsWith('src/cli/'));
    return inCli.length > 1 ? [`the ${touched} is touched by ${inCli.join(' and ')}`] : [];
  });
}

function layerOf(path: string): string | undefined {
  return Object.keys(ALLOWED).find(layer => path.startsWith(`${layer}/`));
}

function resolve(path: string, specifier: string): string {
  return posix(normalize(join(dirname(path), specifier)));
}

function posix(path: string): string {
  return path.split(sep).join('/');
}
