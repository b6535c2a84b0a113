import type { Kysely } from 'kysely';
import type { OutboxMessage } from '../core/webhook.ts';
import type { OutboxRow, Schema } from './rows.ts';

/** Also within the transaction of what a message is of. */
export async function addMessages(db: Kysely<Schema>, messages: readonly OutboxMessage[]): Promise<void> {
  if (messages.length > 0) await db.insertInto('outbox').values(messages.map(toRow)).execute();
}

function toRow(message: OutboxMessage): OutboxRow {
  const { eventId, sessionId, createdAt, dueAt, retriedAt, ...same } = message;
  return {
    ...same,
    event_id: eventId,
    session_id: sessionId,
    created_at: createdAt,
    due_at: dueAt,
    retried_at: retriedAt,
  };
}

export function toMessage(row: OutboxRow): OutboxMessage {
  const { event_id, session_id, created_at, due_at, retried_at, ...same } = row;
  return {
    ...same,
    eventId: event_id,
    sessionId: session_id,
    createdAt: created_at,
    dueAt: due_at,
    retriedAt: retried_at,
  };
}
