import { lstatSync, readdirSync, readFileSync, realpathSync, writeFileSync } from 'node:fs';
import { dirname, isAbsolute, join, relative, sep } from 'node:path';
import { MeetError } from '../core/errors.ts';
import type { FileChange } from './file-change.ts';

/** A project's files, by paths relative to it, with slashes. */
export interface Tree {
  /** Null where there is no such file. */
  read(path: string): string | null;
  /** The names in a folder, those of folders with a slash at their end; none where there is no such folder. */
  list(path: string): readonly string[];
}

/** The files below a folder of this machine. Reading throws `BAD_REQUEST` for what is no UTF-8 and would be lost in writing. */
export function openTree(root: string): Tree {
  return {
    read(path) {
      const bytes = orNull(() => readFileSync(join(root, path)));
      const text = bytes?.toString('utf8') ?? null;
      if (bytes && !bytes.equals(Buffer.from(text ?? '')))
        throw new MeetError('BAD_REQUEST', `${join(root, path)} is no UTF-8; save it as such first.`);
      return text;
    },
    list(path) {
      const entries = orNull(() => readdirSync(join(root, path), { withFileTypes: true })) ?? [];
      return entries.map(entry => (entry.isDirectory() ? `${entry.name}/` : entry.name)).sort();
    },
  };
}

/**
 * Writes what was planned, and folders where they lack. Throws `BAD_REQUEST`, before anything is written, where a file is
 * another than the plan was made for, or would be written by a link to another place than it says. `makeFolder` makes one
 * and those above it.
 */
export function writeChanges(
  root: string,
  changes: readonly FileChange[],
  makeFolder: (path: string) => void,
): void {
  for (const { path } of changes) checkPlace(root, path);
  const tree = openTree(root);
  const moved = changes.find(({ path, before }) => tree.read(path) !== before);
  if (moved) throw new MeetError('BAD_REQUEST', `${moved.path} changed just now; run it again.`);
  for (const { path, after } of changes) {
    const file = join(root, path);
    try {
      makeFolder(dirname(file));
      writeFileSync(file, after);
    } catch (cause) {
      throw new MeetError('BAD_REQUEST', `${file} cannot be written; check its mode and folder.`, { cause });
    }
  }
}

/** Links are followed in writing, a dangling one too: a project from somebody else could have its files written to anywhere. */
function checkPlace(root: string, path: string): void {
  const file = join(root, path);
  const entry = (place: string) => orNull(() => lstatSync(place));
  if (entry(file)?.isSymbolicLink())
    throw new MeetError('BAD_REQUEST', `${file} is a link; put a file in its place, or remove it.`);
  let folder = dirname(file);
  while (folder !== dirname(folder) && !entry(folder)) folder = dirname(folder);
  const real = orNull(() => realpathSync(folder));
  if (real !== null && isWithin(realpathSync(root), real)) return;
  const advice = 'put a folder in its place, or name the project that it leads to';
  throw new MeetError('BAD_REQUEST', `${folder} leads out of ${root} by a link; ${advice}.`);
}

function isWithin(root: string, place: string): boolean {
  const [first] = relative(root, place).split(sep);
  return first !== '..' && !isAbsolute(relative(root, place));
}

function orNull<T>(look: () => T): T | null {
  try {
    return look();
  } catch (cause) {
    const { code, path } = cause as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR') return null;
    throw new MeetError('BAD_REQUEST', `${path ?? 'A file'} cannot be read (${code}); check its mode.`, {
      cause,
    });
  }
}
