import { MeetError } from './errors.ts';
import type { Meeting } from './meeting.ts';
import { sameSecret } from './secret.ts';

export interface Rotation {
  /** How long the link of before goes on opening, in milliseconds; at most until the meeting expires. */
  readonly graceMs?: number | undefined;
  /** Whoever came by the link is put out. */
  readonly putOut?: boolean | undefined;
}

/** Whether a link with this key opens the meeting at `now`; undefined: a link without one. */
export function keyOpens(meeting: Meeting, key: string | undefined, now: number): boolean {
  const { key: current, oldKey, oldKeyUntil } = meeting;
  if (current === null || (key !== undefined && sameSecret(key, current))) return true;
  if (oldKey === null || now >= (oldKeyUntil ?? 0)) return false;
  return oldKey === '' || (key !== undefined && sameSecret(key, oldKey));
}

/**
 * Gives a meeting's link a new key; one that had none gets its first. Invites are untouched. Throws `MEETING_ENDED`,
 * `BAD_REQUEST`.
 */
export function rotateKey(
  meeting: Meeting,
  { graceMs = 0, putOut = false }: Rotation,
  now: number,
  newKey: () => string,
): Meeting {
  const { sessionId, access, endedAt } = meeting;
  if (endedAt !== null) {
    throw new MeetError(
      'MEETING_ENDED',
      `The meeting ${sessionId} was ended; create it again with --reopen first.`,
    );
  }
  if (access !== 'link') {
    throw new MeetError(
      'BAD_REQUEST',
      `The link of ${sessionId} opens nothing by a key (access: ${access}); change who may join instead.`,
    );
  }
  if (graceMs > 0 && putOut) {
    throw new MeetError(
      'BAD_REQUEST',
      'Whoever is put out would come back by the old link; give either a grace or --put-out.',
    );
  }
  // No link opens what is over.
  const until = meeting.expiresAt > now ? Math.min(now + graceMs, meeting.expiresAt) : now + graceMs;
  return {
    ...meeting,
    key: newKey(),
    oldKey: graceMs > 0 ? (meeting.key ?? '') : null,
    oldKeyUntil: graceMs > 0 ? until : null,
    linkBefore: putOut ? now : meeting.linkBefore,
    revision: meeting.revision + 1,
  };
}
