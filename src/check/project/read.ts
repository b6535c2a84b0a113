import { absolute, type Disk } from './disk.ts';
import { type FileKind, kindOfFile } from './kinds.ts';
import type { Note } from './note.ts';
import { codeOf } from './walk.ts';

/** Hand-written code has no such files; what has is data or a bundle. */
const MOST_BYTES = 2_000_000;

/** From how many characters a line on average a script counts as a bundle. */
const BUNDLE_LINE = 500;

export interface ProjectFile {
  /** Relative to the project, with slashes. */
  readonly path: string;
  readonly kind: FileKind;
  readonly text: string;
}

/** One file's text, or the note on why there is none; null for what is left out without a word. */
export function readProjectFile(root: string, path: string, disk: Disk): ProjectFile | Note | null {
  const kind = kindOfFile(path);
  if (!kind) return null;
  const file = absolute(root, path);
  try {
    const size = disk.size(file);
    // A lockfile may be long; only a few of its lines are looked at.
    if (size > (kind === 'lock' ? 10 : 1) * MOST_BYTES) return tooLarge(path, size);
    const bytes = disk.read(file);
    if (isBinary(bytes)) return { file: path, message: 'a binary file: not checked' };
    const text = bytes.toString('utf8');
    return isBundle(kind, text) ? null : { path, kind, text };
  } catch (error) {
    return { file: path, message: `cannot be read (${codeOf(error)})` };
  }
}

function tooLarge(path: string, size: number): Note {
  return {
    file: path,
    message: `too large to be source code (${(size / 1_000_000).toFixed(1)} MB): not checked`,
  };
}

/** As git does: a zero byte near the beginning. */
function isBinary(bytes: Buffer): boolean {
  return bytes.subarray(0, 8_000).includes(0);
}

function isBundle(kind: FileKind, text: string): boolean {
  if (kind !== 'script' && kind !== 'css') return false;
  return text.length > 20_000 && text.length / (text.split('\n').length || 1) > BUNDLE_LINE;
}
