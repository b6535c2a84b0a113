import { type Kysely, sql } from 'kysely';
import type { OutboxMessage, ReceiverName } from '../core/webhook.ts';
import type { Backend } from './backend.ts';
import { addMessages, toMessage } from './messages.ts';
import { addressNotices } from './notices.ts';
import type { Schema } from './rows.ts';

/** Events that receivers have not had yet. Several servers share it; each message is one's at a time. */
export interface OutboxStore {
  add(messages: readonly OutboxMessage[]): Promise<void>;
  /** Takes up what was stored with changes, for these receivers; true when there may be more. */
  address(receivers: readonly ReceiverName[], now: number): Promise<boolean>;
  /** Messages that are due at `now` (epoch ms), the longest waiting first. */
  due(receivers: readonly string[], now: number, limit: number): Promise<OutboxMessage[]>;
  /** Takes a message until `until` (epoch ms), when another server may; false when one was faster. */
  claim(message: OutboxMessage, until: number): Promise<boolean>;
  delivered(id: string): Promise<void>;
  /** Puts it back until `dueAt`, or (null) gives it up. */
  failed(id: string, dueAt: number | null, reason: string | null): Promise<void>;
  /** What waits after a failure, and what was given up; the newest first. */
  troubled(limit: number): Promise<OutboxMessage[]>;
  /** Gives those that were given up another day, from `now` on (epoch ms), and tells how many. */
  retry(now: number): Promise<number>;
  /** How many wait for their receiver, and how many were given up. */
  count(): Promise<OutboxCounts>;
  /**
   * Removes at most `limit` that are from before `at` (epoch ms) and given up. Those that are still tried stay until they are
   * from before `lostAt`, when nobody can be trying them any more: their receiver was unset.
   */
  removeBefore(at: number, lostAt: number, limit: number): Promise<number>;
}

export interface OutboxCounts {
  readonly waiting: number;
  readonly givenUp: number;
}

type Database = Kysely<Schema>;

export function createOutboxStore(backend: Backend): OutboxStore {
  const { db, guard } = backend;
  return {
    add: messages => guard(() => addMessages(db, messages)),
    address: (receivers, now) => guard(() => addressNotices(backend, receivers, now)),
    due: (receivers, now, limit) => guard(() => findDue(db, receivers, now, limit)),
    claim: (message, until) => guard(() => claim(db, message, until)),
    delivered: id => guard(async () => void (await db.deleteFrom('outbox').where('id', '=', id).execute())),
    failed: (id, dueAt, reason) =>
      guard(async () => {
        await db.updateTable('outbox').set({ due_at: dueAt, reason }).where('id', '=', id).execute();
      }),
    troubled: limit => guard(() => findTroubled(db, limit)),
    retry: now => guard(() => retry(db, now)),
    count: () => guard(() => countMessages(db)),
    removeBefore: (at, lostAt, limit) => guard(() => removeBefore(db, at, Math.min(at, lostAt), limit)),
  };
}

/** What was given up has no time any more, and is not counted by it. */
async function countMessages(db: Database): Promise<OutboxCounts> {
  const { all, waiting } = await db
    .selectFrom('outbox')
    .select(({ fn }) => [fn.countAll().as('all'), fn.count('due_at').as('waiting')])
    .executeTakeFirstOrThrow();
  return { waiting: Number(waiting), givenUp: Number(all) - Number(waiting) };
}

async function findDue(db: Database, receivers: readonly string[], now: number, limit: number) {
  const rows = await db
    .selectFrom('outbox')
    .selectAll()
    .where('due_at', '<=', now)
    .where('receiver', 'in', receivers)
    .orderBy('due_at')
    .limit(limit)
    .execute();
  return rows.map(toMessage);
}

/** The time it was due at is the claim: whoever changes it first has it, on every database. */
async function claim(db: Database, { id, dueAt, attempts }: OutboxMessage, until: number): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('outbox')
    .set({ due_at: until, attempts: attempts + 1 })
    .where('id', '=', id)
    .where('due_at', '=', dueAt)
    .where('attempts', '=', attempts)
    .executeTakeFirst();
  return Number(numUpdatedRows) === 1;
}

async function findTroubled(db: Database, limit: number): Promise<OutboxMessage[]> {
  const rows = await db
    .selectFrom('outbox')
    .selectAll()
    .where('reason', 'is not', null)
    .orderBy('id', 'desc')
    .limit(limit)
    .execute();
  return rows.map(toMessage);
}

async function retry(db: Database, now: number): Promise<number> {
  const { numUpdatedRows } = await db
    .updateTable('outbox')
    // As new: the day that it may take begins again.
    .set({ due_at: now, attempts: 0, retried_at: now })
    .where('due_at', 'is', null)
    .executeTakeFirst();
  return Number(numUpdatedRows);
}

/** What it is as old as: what somebody took up again lately is not to be forgotten for its age. */
const triedSince = sql<number>`coalesce(retried_at, created_at)`;

async function removeBefore(db: Database, at: number, lostAt: number, limit: number): Promise<number> {
  const { numDeletedRows } = await db
    .deleteFrom('outbox')
    .where('id', 'in', old =>
      old
        .selectFrom('outbox')
        .select('id')
        .where(triedSince, '<', at)
        .where(row => row.or([row('due_at', 'is', null), row(triedSince, '<', lostAt)]))
        .orderBy('id')
        .limit(limit),
    )
    .executeTakeFirst();
  return Number(numDeletedRows);
}
