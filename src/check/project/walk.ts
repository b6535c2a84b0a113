import { absolute, type Disk, type DiskEntry } from './disk.ts';
import { addIgnoreFile, type Ignored, isIgnored } from './ignored.ts';
import { isSkippedFolder, kindOfFile } from './kinds.ts';
import type { Note } from './note.ts';

export interface Walked {
  /** Relative to the project, with slashes, in alphabetical order. */
  readonly paths: readonly string[];
  readonly notes: readonly Note[];
}

interface Walk {
  readonly disk: Disk;
  readonly root: string;
  readonly paths: string[];
  readonly notes: Note[];
}

/** All files below `root` that rules may be about. Never throws: what cannot be read becomes a note. */
export function walkProject(root: string, disk: Disk): Walked {
  const walk: Walk = { disk, root, paths: [], notes: [] };
  enter(walk, '', [], [realPathOf(walk, '')]);
  return { paths: walk.paths.sort(), notes: walk.notes };
}

/** `trail`: the real paths of the folders above, by which a link back to one of them is known. */
function enter(walk: Walk, folder: string, above: Ignored, trail: readonly string[]): void {
  const entries = listFolder(walk, folder);
  const ignored = entries.some(({ name }) => name === '.gitignore')
    ? addIgnoreFile(above, folder, readIgnoreFile(walk, joinPath(folder, '.gitignore')))
    : above;
  for (const entry of entries) visit(walk, joinPath(folder, entry.name), entry, ignored, trail);
}

function visit(walk: Walk, path: string, entry: DiskEntry, ignored: Ignored, trail: readonly string[]): void {
  const kind = entry.kind === 'link' ? followLink(walk, path) : entry.kind;
  if (kind === 'folder' && isSkippedFolder(entry.name)) return;
  if (isIgnored(ignored, kind === 'folder' ? `${path}/` : path)) return;
  if (kind === 'file' && kindOfFile(path)) walk.paths.push(path);
  if (kind !== 'folder') return;
  const real = entry.kind === 'link' ? realPathOf(walk, path) : absolute(trail.at(-1) ?? '', entry.name);
  if (trail.includes(real))
    walk.notes.push({ file: path, message: 'a link to a folder above it: not followed' });
  else enter(walk, path, ignored, [...trail, real]);
}

function followLink(walk: Walk, path: string): DiskEntry['kind'] {
  try {
    return walk.disk.kindOf(absolute(walk.root, path));
  } catch (error) {
    walk.notes.push({ file: path, message: `a link that leads nowhere (${codeOf(error)})` });
    return 'other';
  }
}

function listFolder(walk: Walk, folder: string): DiskEntry[] {
  try {
    return walk.disk.list(absolute(walk.root, folder));
  } catch (error) {
    walk.notes.push({ file: folder || '.', message: `a folder that cannot be read (${codeOf(error)})` });
    return [];
  }
}

function readIgnoreFile(walk: Walk, path: string): string {
  try {
    return walk.disk.read(absolute(walk.root, path)).toString('utf8');
  } catch {
    return '';
  }
}

function realPathOf(walk: Walk, path: string): string {
  const whole = absolute(walk.root, path);
  try {
    return walk.disk.realPath(whole);
  } catch {
    return whole;
  }
}

function joinPath(folder: string, name: string): string {
  return folder === '' ? name : `${folder}/${name}`;
}

/** `EACCES` and the like: what a person can look up. */
export function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : String(error);
}
