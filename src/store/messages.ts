import type { Kysely } from 'kysely';
import type { OutboxMessage } from '../core/webhook.ts';
import type { OutboxRow, Schema } from './rows.ts';

/** Also within the transaction of what a message is of. */
export async function addMessages(db: Kysely<Schema>, messages: readonly OutboxMessage[]): Promise<void> {
  if (messages.length > 0) await db.insertInto('outbox').values(messages.map(toRow)).execute();
}

function toRow({ eventId, sessionId, createdAt, dueAt, ...same }: OutboxMessage): OutboxRow {
  return { ...same, event_id: eventId, session_id: sessionId, created_at: createdAt, due_at: dueAt };
}

export function toMessage({ event_id, session_id, created_at, due_at, ...same }: OutboxRow): OutboxMessage {
  return {
    ...same,
    eventId: event_id,
    sessionId: session_id,
    createdAt: created_at,
    dueAt: due_at,
  };
}
