import type { Kysely } from 'kysely';
import { MeetError } from '../core/errors.ts';
import type { Meeting } from '../core/meeting.ts';
import type { Creation } from '../core/meeting-plan.ts';
import type { Notice } from '../core/webhook.ts';
import type { Backend } from './backend.ts';
import { addNotice } from './notices.ts';
import { type MeetingRow, type Schema, toMeeting, toRow } from './rows.ts';

export async function findMeeting({ db, reader }: Backend, sessionId: string): Promise<Meeting | null> {
  const known = reader?.find(sessionId);
  return known === undefined ? findWithin(db, sessionId) : known;
}

async function findRow(db: Kysely<Schema>, sessionId: string): Promise<MeetingRow | undefined> {
  return db.selectFrom('meetings').selectAll().where('session_id', '=', sessionId).executeTakeFirst();
}

async function findWithin(db: Kysely<Schema>, sessionId: string): Promise<Meeting | null> {
  const row = await findRow(db, sessionId);
  return row ? toMeeting(row) : null;
}

/** Those of these that are there, in no order. */
export async function findMeetings(db: Kysely<Schema>, sessionIds: readonly string[]): Promise<Meeting[]> {
  const rows = await db.selectFrom('meetings').selectAll().where('session_id', 'in', sessionIds).execute();
  return rows.map(toMeeting);
}

export async function listMeetings(db: Kysely<Schema>): Promise<Meeting[]> {
  const rows = await db
    .selectFrom('meetings')
    .selectAll()
    .orderBy('created_at', 'desc')
    .orderBy('session_id')
    .execute();
  return rows.map(toMeeting);
}

/**
 * Locked before it reads: in PostgreSQL's read committed, two that both find nothing would both insert, and both say that
 * they created it. A row lock would not do, as there is no row yet.
 */
export function createMeeting(
  { db, lock, reader }: Backend,
  planFor: (existing: Meeting | null) => Creation,
  sessionId: string,
  tell: (creation: Creation) => Notice | null,
): Promise<Creation> {
  return db.transaction().execute(async trx => {
    await lock(trx, sessionId);
    const creation = planFor(await findWithin(trx, sessionId));
    const row = toRow(creation.meeting);
    reader?.forget(row.session_id);
    await trx
      .insertInto('meetings')
      .values(row)
      .onConflict(conflict => conflict.column('session_id').doUpdateSet(row))
      .execute();
    const notice = tell(creation);
    if (notice) await addNotice(trx, notice);
    return creation;
  });
}

export function updateMeeting(
  { db, lock, reader }: Backend,
  sessionId: string,
  change: (meeting: Meeting) => Meeting,
  tell: (after: Meeting, before: Meeting) => Notice | null,
): Promise<Meeting> {
  return db.transaction().execute(async trx => {
    await lock(trx, sessionId);
    const before = await findWithin(trx, sessionId);
    if (!before)
      throw new MeetError(
        'MEETING_NOT_FOUND',
        `There is no meeting ${sessionId}; see those there are with: meet list`,
      );
    const after = change(before);
    reader?.forget(sessionId);
    await trx.updateTable('meetings').set(toRow(after)).where('session_id', '=', sessionId).execute();
    const notice = tell(after, before);
    if (notice) await addNotice(trx, notice);
    return after;
  });
}
