import { posix } from 'node:path';
import { ts } from '@ts-morph/common';
import type { Project } from '../project/project.ts';

/** `compilerOptions.paths` and `baseUrl` of one tsconfig or jsconfig. */
export interface PathsMap {
  readonly folder: string;
  /** Where a specifier may lead, best first. */
  targets(specifier: string): string[];
}

interface Config {
  readonly paths?: Record<string, readonly string[]>;
  readonly baseUrl?: string;
}

/** Of all configurations of the project, those of the deepest folders first. */
export function readPathsMaps({ files }: Project): PathsMap[] {
  return [...files.values()]
    .filter(({ path }) => /(?:^|\/)(?:ts|js)config(?:\.\w+)?\.json$/.test(path))
    .flatMap(({ path, text }) => {
      const options = ts.parseConfigFileTextToJson(path, text).config?.compilerOptions as Config | undefined;
      return options?.paths || options?.baseUrl ? [createMap(posix.dirname(path), options)] : [];
    })
    .sort((a, b) => b.folder.length - a.folder.length);
}

function createMap(dirname: string, { paths = {}, baseUrl }: Config): PathsMap {
  const folder = dirname === '.' ? '' : dirname;
  const base = posix.join(folder, baseUrl ?? '.');
  return {
    folder,
    targets: specifier => [
      ...Object.entries(paths).flatMap(([pattern, targets]) => match(pattern, targets, specifier, base)),
      ...(baseUrl === undefined ? [] : [posix.join(base, specifier)]),
    ],
  };
}

function match(pattern: string, targets: readonly string[], specifier: string, base: string): string[] {
  const [head = '', tail] = pattern.split('*', 2);
  if (tail === undefined) return pattern === specifier ? targets.map(each => posix.join(base, each)) : [];
  if (!specifier.startsWith(head) || !specifier.endsWith(tail)) return [];
  const middle = specifier.slice(head.length, specifier.length - tail.length);
  return targets.map(each => posix.join(base, each.replace('*', middle)));
}
