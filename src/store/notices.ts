import type { Kysely } from 'kysely';
import { firstIdAt } from '../core/audit.ts';
import { addressEvent, type Notice, type ReceiverName } from '../core/webhook.ts';
import type { Backend } from './backend.ts';
import { addMessages } from './messages.ts';
import type { NoticeRow, Schema } from './rows.ts';

/** As long as an event is tried: where no server tells anybody, they must not gather for ever. */
const KEPT_MS = 24 * 3_600_000;
const MOST_AT_ONCE = 100;
/** For the lock; no id of a meeting has a space. */
const NAME = 'all notices';

/** Within the transaction of a change, so that both are stored or neither. */
export async function addNotice(trx: Kysely<Schema>, { id, event, at }: Notice): Promise<void> {
  await forgetOld(trx, at);
  const { type, sessionId, data = {} } = event;
  await trx
    .insertInto('notices')
    .values({ id, type, session_id: sessionId, data: JSON.stringify(data), at })
    .execute();
}

/** Puts what was stored with changes into the outbox, for these receivers; tells how many there may be more of. */
export async function addressNotices(
  { db, lock }: Backend,
  receivers: readonly ReceiverName[],
  now: number,
): Promise<boolean> {
  // Asked every other second, and nearly always in vain: without a transaction, which would lock the file.
  const any = await db.selectFrom('notices').select('id').limit(1).executeTakeFirst();
  if (!any) return false;
  return db.transaction().execute(async trx => {
    await lock(trx, NAME);
    await forgetOld(trx, now);
    const rows = await trx.selectFrom('notices').selectAll().orderBy('id').limit(MOST_AT_ONCE).execute();
    if (rows.length === 0) return false;
    const messages = rows.flatMap(row => addressEvent(eventOf(row), row.id, receivers, row.at));
    await addMessages(trx, messages);
    const ids = rows.map(({ id }) => id);
    await trx.deleteFrom('notices').where('id', 'in', ids).execute();
    return rows.length === MOST_AT_ONCE;
  });
}

async function forgetOld(trx: Kysely<Schema>, now: number): Promise<void> {
  await trx
    .deleteFrom('notices')
    .where('id', '<', firstIdAt(now - KEPT_MS))
    .execute();
}

function eventOf({ type, session_id, data }: NoticeRow) {
  return { type, sessionId: session_id, data: JSON.parse(data) };
}
