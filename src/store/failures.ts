import { MeetError } from '../core/errors.ts';

/** What to do about a failure, by what its code begins with. A code that is not here is a bug of ours. */
const FIXES: readonly (readonly [code: RegExp, fix: (file: string) => string])[] = [
  [
    /^SQLITE_(NOTADB|CORRUPT)/,
    file =>
      `${file} is damaged or not a database; move it away and create the meetings again, or restore a copy`,
  ],
  [/^SQLITE_FULL|^ENOSPC|^EDQUOT/, file => `the disk with ${file} is full; free some space`],
  [
    /^SQLITE_(READONLY|CANTOPEN|PERM|AUTH)|^(EACCES|EPERM|EROFS|ENOTDIR|ENOENT|EEXIST|EISDIR)/,
    file =>
      `${file} cannot be opened or written; check the rights on its folder, or choose another with MEET_DATA_DIR`,
  ],
  [/^SQLITE_(BUSY|LOCKED)/, file => `another process keeps ${file} locked; end it, or wait and try again`],
  [
    /^SQLITE_(IOERR|NOLFS|PROTOCOL)|^EIO|^EMFILE|^ENFILE/,
    file => `${file} cannot be read or written; check its disk (is it full?) and its folder`,
  ],
];

/** SQLite's primary result codes (sqlite.org/rescode.html); the low byte of an extended one. */
const PRIMARY: Readonly<Record<number, string>> = {
  3: 'SQLITE_PERM',
  5: 'SQLITE_BUSY',
  8: 'SQLITE_READONLY',
  10: 'SQLITE_IOERR',
  11: 'SQLITE_CORRUPT',
  13: 'SQLITE_FULL',
  14: 'SQLITE_CANTOPEN',
};

function codeOf(error: Error): string {
  const { code, rawCode } = error as { code?: unknown; rawCode?: unknown };
  // libsql has no names for newer extended codes, like that of a folder without write permission.
  if (typeof rawCode === 'number' && String(code).startsWith('UNKNOWN'))
    return PRIMARY[rawCode & 0xff] ?? String(code);
  if (code) return String(code);
  // libsql throws a plain error without a code when it cannot open a file.
  return error.message.startsWith('ConnectionFailed') ? 'SQLITE_CANTOPEN' : '';
}

/** Turns a failure of the database in `file` into `STORE_FAILED` with the fix; gives back anything else as it is. */
export function explainStoreError(error: unknown, file: string): unknown {
  if (!(error instanceof Error) || error instanceof MeetError) return error;
  const code = codeOf(error);
  const fix = FIXES.find(([pattern]) => pattern.test(code))?.[1];
  if (!fix) return error;
  return new MeetError('STORE_FAILED', `The meeting store failed (${code}): ${fix(file)}.`, {
    cause: error,
    detail: { file, code },
  });
}
