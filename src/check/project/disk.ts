import { readdirSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { join } from 'node:path';

export interface DiskEntry {
  readonly name: string;
  readonly kind: 'file' | 'folder' | 'link' | 'other';
}

/** What the check needs of a file system. Paths are absolute; every function throws as Node does. */
export interface Disk {
  list(folder: string): DiskEntry[];
  read(file: string): Buffer;
  /** In bytes. */
  size(file: string): number;
  /** What a path is once links are followed. */
  kindOf(path: string): DiskEntry['kind'];
  realPath(path: string): string;
}

/** The machine's own. Synchronous: for thousands of small files that is several times faster than promises. */
export const nodeDisk: Disk = {
  list: folder =>
    readdirSync(folder, { withFileTypes: true }).map(entry => ({ name: entry.name, kind: kindOf(entry) })),
  read: file => readFileSync(file),
  size: file => statSync(file).size,
  kindOf: path => kindOf(statSync(path)),
  realPath: path => realpathSync(path),
};

interface Typed {
  isFile(): boolean;
  isDirectory(): boolean;
  isSymbolicLink(): boolean;
}

function kindOf(entry: Typed): DiskEntry['kind'] {
  if (entry.isSymbolicLink()) return 'link';
  if (entry.isDirectory()) return 'folder';
  return entry.isFile() ? 'file' : 'other';
}

/** The disk under `base`, by relative paths: what the walk and tests read through. */
export function absolute(base: string, path: string): string {
  return path === '' ? base : join(base, path);
}
