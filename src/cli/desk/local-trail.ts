import { userInfo } from 'node:os';
import { type AuditEntry, createAuditIds, toRecord } from '../../core/audit.ts';
import type { Notice, WebhookEvent } from '../../core/webhook.ts';
import type { MeetingStore } from '../../store/store.ts';
import type { Context } from '../context.ts';

const newId = createAuditIds();

/** Puts what a command does to the project's own store into its audit trail. */
export async function recordLocal(
  context: Context,
  store: MeetingStore,
  entry: Pick<AuditEntry, 'action' | 'sessionId' | 'detail'>,
): Promise<void> {
  const now = context.now();
  const done = { ...entry, outcome: 'ok', uid: `${userName()}@cli`, proof: 'cli' };
  const records = [toRecord(done, newId(now), now)];
  await store.audit.add({ records, repeats: new Map(), messages: [] });
}

/** What is stored with a change here: whom to tell of it, a server of this store knows. */
export function noticeOf({ now }: Context, event: WebhookEvent): Notice {
  const at = now();
  return { id: newId(at), event, at };
}

function userName(): string {
  try {
    return userInfo().username;
  } catch {
    // In a container a user may have a number only.
    return String(process.getuid?.() ?? 'somebody');
  }
}
