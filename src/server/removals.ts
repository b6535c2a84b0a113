import { nanoid } from 'nanoid';
import { parseDuration } from '../core/duration.ts';
import { MeetError } from '../core/errors.ts';
import { rotateKey } from '../core/link-key.ts';
import type { Meeting } from '../core/meeting.ts';
import { kickPerson, revokePerson } from '../core/removal.ts';
import type { AppContext } from './context.ts';
import { type ManagedFacts, manage } from './management.ts';
import type { Manager } from './managers.ts';
import type { RotateRequest } from './requests.ts';

/** How many were put out just now; null with CometChat's cloud, which puts nobody out for us. */
export interface PutOut {
  readonly putOut: number | null;
}

/** Puts out who may not stay in a meeting since it was changed. */
export async function putOut({ bouncer }: AppContext, sessionId: string): Promise<PutOut> {
  return { putOut: (await bouncer?.look(sessionId)) ?? null };
}

export interface RemovalAnswer extends ManagedFacts, PutOut {
  readonly uid: string;
}

/** Puts somebody out, who may come again by what they are given from now on. Throws `MEETING_NOT_FOUND`, `BAD_REQUEST`. */
export function kickOne(
  context: AppContext,
  id: string,
  uid: string,
  manager: Manager,
): Promise<RemovalAnswer> {
  return remove(context, id, uid, (meeting, wished, now) => kickPerson(meeting, wished, now, byOf(manager)));
}

const byOf = ({ kind }: Manager) => (kind === 'host' ? kind : undefined);

/** Puts somebody out for good. Throws what `kickOne` throws, and `NOT_ALLOWED` where one host revokes another. */
export function revokeOne(
  context: AppContext,
  id: string,
  uid: string,
  manager: Manager,
): Promise<RemovalAnswer> {
  return remove(context, id, uid, (meeting, wished, now) => {
    const isHost = meeting.hosts.some(host => host.toLowerCase() === wished.toLowerCase());
    if (manager.kind === 'host' && isHost)
      throw new MeetError(
        'NOT_ALLOWED',
        "To revoke another host is the admin's; kick them, or ask the admin.",
      );
    return revokePerson(meeting, wished, now, byOf(manager));
  });
}

async function remove(
  context: AppContext,
  id: string,
  uid: string,
  change: (meeting: Meeting, uid: string, now: number) => Meeting,
): Promise<RemovalAnswer> {
  const now = context.now();
  const meeting = await context.store.update(id, before => change(before, uid, now));
  return { ...manage(context, meeting), uid, ...(await putOut(context, id)) };
}

export interface RotateAnswer extends ManagedFacts, PutOut {
  /** Until when the link of before works; null: no longer. */
  readonly oldLinkUntil: string | null;
}

/** Gives the link another key. Throws `MEETING_NOT_FOUND`, and what `rotateKey` throws. */
export async function rotateOne(
  context: AppContext,
  id: string,
  request: RotateRequest | null | undefined,
): Promise<RotateAnswer> {
  const now = context.now();
  const graceMs = request?.grace === undefined ? 0 : parseDuration(request.grace);
  const wish = { graceMs, putOut: request?.putOut };
  const meeting = await context.store.update(id, before => rotateKey(before, wish, now, nanoid));
  const { oldKeyUntil } = meeting;
  const oldLinkUntil = oldKeyUntil === null ? null : new Date(oldKeyUntil).toISOString();
  return { ...manage(context, meeting), oldLinkUntil, ...(await putOut(context, id)) };
}
