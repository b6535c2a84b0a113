import { randomBytes } from 'node:crypto';
import { userInfo } from 'node:os';
import { type AuditEntry, createAuditIds, toRecord } from '../../core/audit.ts';
import { addressEvent, type ReceiverName, type WebhookEvent } from '../../core/webhook.ts';
import type { MeetingStore } from '../../store/store.ts';
import type { Context } from '../context.ts';

/**
 * Puts what a command does to the project's own store into its audit trail, and an event into its outbox, from which a server
 * delivers it.
 */
export async function recordLocal(
  context: Context,
  store: MeetingStore,
  entry: Pick<AuditEntry, 'action' | 'sessionId' | 'detail'>,
  event?: WebhookEvent,
): Promise<void> {
  const now = context.now();
  const newId = createAuditIds(
    BigInt(`0x${randomBytes(5).toString('hex')}`)
      .toString(36)
      .padStart(8, '0'),
  );
  const done = { ...entry, outcome: 'ok', uid: `${userName()}@cli`, proof: 'cli' };
  const receivers = event ? await readReceivers(context) : [];
  await store.audit.add({
    records: [toRecord(done, newId(now), now)],
    repeats: new Map(),
    messages: event ? addressEvent(event, newId(now), receivers, now) : [],
  });
}

function userName(): string {
  try {
    return userInfo().username;
  } catch {
    // In a container a user may have a number only.
    return String(process.getuid?.() ?? 'somebody');
  }
}

async function readReceivers({ settings: { env } }: Context): Promise<readonly ReceiverName[]> {
  if (!env.MEET_WEBHOOK_URL) return [];
  // Only here: most projects have nobody to tell, and `meet create` must be fast.
  const { readWebhooks } = await import('../../server/webhooks/settings.ts');
  return readWebhooks(env.MEET_WEBHOOK_URL, env.MEET_WEBHOOK_SECRET)?.receivers ?? [];
}
