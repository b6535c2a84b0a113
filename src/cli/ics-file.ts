import { randomBytes } from 'node:crypto';
import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { MeetError } from '../core/errors.ts';
import type { Context } from './context.ts';
import type { Calendar } from './ics-text.ts';

/** Content lines that were folded (RFC 5545, 3.1), as one again. */
const unfold = (text: string) => text.replace(/\r?\n[ \t]/g, '');

function uidsIn(text: string): string[] {
  return [...unfold(text).matchAll(/^UID:(.*?)\r?$/gm)].map(([, uid = '']) => uid);
}

function readIfThere(file: string): string | null {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw unwritable(file, error);
  }
}

function unwritable(file: string, cause: unknown): MeetError {
  return new MeetError('BAD_REQUEST', `${file} cannot be written; name another file with --ics.`, { cause });
}

/** Somebody's own calendar, or another file altogether, must not be lost to a slip of the keyboard. */
function checkReplaceable(file: string, uids: readonly string[]): void {
  const found = readIfThere(file);
  if (found === null || uidsIn(found).some(uid => uids.includes(uid))) return;
  throw new MeetError(
    'BAD_REQUEST',
    `${file} is there, and is no calendar of this meeting; name another file with --ics, or replace it with --force.`,
  );
}

/** Appears with all its content or not at all, for its owner's eyes: whoever reads the link in it gets in. */
function writeSecretly(file: string, text: string): void {
  const draft = `${file}.${randomBytes(6).toString('hex')}.new`;
  try {
    writeFileSync(draft, text, { mode: 0o600, flag: 'wx' });
    renameSync(draft, file);
  } catch (error) {
    throw unwritable(file, error);
  } finally {
    rmSync(draft, { force: true });
  }
}

/** Saves a calendar, in the place of an older one of the same meeting. Throws `BAD_REQUEST`. */
export function saveCalendar(
  { notes }: Context,
  file: string,
  { text, uids }: Calendar,
  force: boolean,
): void {
  if (!force) checkReplaceable(file, uids);
  writeSecretly(file, text);
  const entries = uids.length === 1 ? 'one entry' : `${uids.length} entries`;
  notes.line(notes.style('dim', `Calendar file: ${file} (${entries})`));
  if (/^URL[^\r\n]*:https?:\/\/(localhost|127\.|\[::1\])/m.test(text)) {
    notes.line(notes.style('yellow', 'Its link works on this machine only; set MEET_URL for others.'));
  }
}
