import { MeetError } from './errors.ts';

/** Lower case only: the SDK never finishes joining a session whose id has capitals. */
const SESSION_ID = /^[a-z0-9][a-z0-9-]{0,99}$/;

/** Whether `text` is a session id as it stands. */
export function isSessionId(text: string): boolean {
  return SESSION_ID.test(text);
}

/**
 * Folds a name into the letters of a session id: `@acme/web` → `acme-web`, `Café Zürich` → `cafe-zurich`.
 * Throws `BAD_ID` when nothing is left; never shortens, because two long names must not meet in one room.
 */
export function slug(text: string, what: 'id' | 'prefix'): string {
  const folded = text
    .normalize('NFKD')
    .replace(/\p{Mark}/gu, '')
    // Through upper case, which spells out what NFKD leaves whole: ß → SS, ŉ → ʼN.
    .toUpperCase()
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');
  if (folded === '') {
    throw new MeetError(
      'BAD_ID',
      `The ${what} ${JSON.stringify(text)} has no letter a-z or digit to make a session id of.`,
    );
  }
  return folded;
}

/** Returns `sessionId`, or throws `BAD_ID` when it is longer than the SDK's rooms allow. */
export function checkSessionId(sessionId: string): string {
  if (isSessionId(sessionId)) return sessionId;
  const length = sessionId.length;
  throw new MeetError(
    'BAD_ID',
    `The session id would be ${length} characters long; 100 is the most, so choose a shorter id or prefix.`,
  );
}
