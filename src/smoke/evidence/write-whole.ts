import { rename, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';

/** Writes a file as a whole or not at all: half a page would pass for one. Rejects with words for the user. */
export async function writeWhole(path: string, data: string | Buffer): Promise<void> {
  const part = `${path}.part`;
  try {
    await writeFile(part, data);
    await rename(part, path);
  } catch (error) {
    await rm(part, { force: true }).catch(() => {});
    throw new Error(explainWrite(dirname(path), error), { cause: error });
  }
}

/** Why nothing could be written into a folder, as a sentence. Pure. */
export function explainWrite(folder: string, error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  switch (code) {
    case 'EEXIST':
    case 'ENOTDIR':
      return `${folder} is a file, or lies below one.`;
    case 'ENOENT':
      return `${folder} is not there any more.`;
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return `Nothing can be written into ${folder}: it is read-only for you.`;
    case 'ENOSPC':
    case 'EDQUOT':
      return `Nothing can be written into ${folder}: the disk is full.`;
    default:
      return `Nothing can be written into ${folder}: ${message}.`;
  }
}
