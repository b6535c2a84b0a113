import { posix } from 'node:path';
import type { Project } from '../project/project.ts';
import { type PathsMap, readPathsMaps } from './paths.ts';

/** Finds what project files import, by the project's own files alone. */
export interface Resolver {
  /** The path of the project file that `specifier` means in the file at `from`; null for packages and the unknown. */
  resolve(specifier: string, from: string): string | null;
}

const ENDINGS = ['.ts', '.tsx', '.js', '.jsx', '.mjs', '.cjs', '.mts', '.cts', '.vue', '.svelte'];

/** A `.js` that is written as `.ts`. */
const WRITTEN_AS: Readonly<Record<string, readonly string[]>> = {
  '.js': ['.ts', '.tsx', '.jsx'],
  '.mjs': ['.mts'],
  '.cjs': ['.cts'],
  '.jsx': ['.tsx'],
};

export function createResolver(project: Project): Resolver {
  const maps = readPathsMaps(project);
  const find = (path: string) => candidates(path).find(each => project.files.has(each)) ?? null;
  return {
    resolve(given, from) {
      const specifier = given.replace(/(?<=.)[?#].*$/, '');
      if (specifier.startsWith('.')) return find(posix.join(posix.dirname(from), specifier));
      if (specifier.startsWith('/')) return find(`public${specifier}`) ?? find(specifier.slice(1));
      return firstOf(mapped(maps, specifier, from), find) ?? workspace(project, specifier, find);
    },
  };
}

function candidates(path: string): string[] {
  const clean = posix.normalize(path).replace(/\/$/, '');
  const ending = posix.extname(clean);
  const written = (WRITTEN_AS[ending] ?? []).map(each => clean.slice(0, -ending.length) + each);
  const inside = clean === '.' ? '' : `${clean}/`;
  return [
    clean,
    ...written,
    ...ENDINGS.map(each => clean + each),
    ...ENDINGS.map(each => `${inside}index${each}`),
  ];
}

function mapped(maps: readonly PathsMap[], specifier: string, from: string): string[] {
  const map = maps.find(({ folder }) => folder === '' || from.startsWith(`${folder}/`));
  const own = map ? map.targets(specifier) : [];
  // What Vite, Nuxt, Vue CLI and SvelteKit agree on where no configuration of ours to read says it.
  const usual = /^(?:@|~|\$lib)\//.exec(specifier)?.[0];
  if (!usual) return own;
  const rest = specifier.slice(usual.length);
  const base = map?.folder ? `${map.folder}/` : '';
  const folders = usual === '$lib/' ? ['src/lib/'] : ['src/', '', 'app/'];
  return [...own, ...folders.map(folder => `${base}${folder}${rest}`)];
}

/** Another package of the same monorepo. */
function workspace(
  project: Project,
  specifier: string,
  find: (path: string) => string | null,
): string | null {
  for (const { name, folder } of project.packages) {
    if (!name || (specifier !== name && !specifier.startsWith(`${name}/`))) continue;
    const rest = specifier.slice(name.length);
    const found = firstOf([`${folder}${rest}`, `${folder}/src${rest}`], path =>
      find(path.replace(/^\//, '')),
    );
    if (found) return found;
  }
  return null;
}

function firstOf(paths: readonly string[], find: (path: string) => string | null): string | null {
  for (const path of paths) {
    const found = find(path);
    if (found) return found;
  }
  return null;
}
