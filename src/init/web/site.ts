import type { Draft } from '../draft.ts';
import type { Tree } from '../tree.ts';
import type { Kind } from './detect.ts';
import type { Manifest } from './manifest.ts';
import type { Style } from './render.ts';

/** What the parts of the plan work with. */
export interface Site {
  readonly tree: Tree;
  readonly manifest: Manifest;
  readonly draft: Draft;
  readonly kind: Kind;
  /** Writes a template of ours to a path of theirs. */
  put(template: string, path: string, style: Style, change?: (text: string) => string): void;
}

/** Whether an app is written in TypeScript: its entry, else what it has. */
export function usesTypeScript({ tree, manifest }: Site, entry: string | null): boolean {
  if (entry) return /\.[mc]?tsx?$/.test(entry);
  return tree.read('tsconfig.json') !== null || 'typescript' in manifest.dependencies;
}
