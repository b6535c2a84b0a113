import type { Tree } from '../../src/init/tree.ts';

/** A project that is nowhere but here. */
export function treeOf(files: Readonly<Record<string, string>>): Tree {
  const paths = Object.keys(files);
  return {
    read: path => files[path] ?? null,
    list(folder) {
      const start = folder === '.' || folder === '' ? '' : `${folder.replace(/\/$/, '')}/`;
      const below = paths.filter(path => path.startsWith(start)).map(path => path.slice(start.length));
      return [...new Set(below.map(path => path.replace(/\/.*/s, '/')))].sort();
    },
  };
}
