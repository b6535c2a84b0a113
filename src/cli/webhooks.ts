import type { OutboxMessage } from '../core/webhook.ts';
import { askServer } from './ask-server.ts';
import type { Command, Context } from './context.ts';
import { EXIT_OK } from './exit-codes.ts';
import { formatRelative } from './format-time.ts';
import { withStore } from './meetings.ts';
import { chooseRemote } from './remote.ts';
import { cut, formatTable } from './table.ts';

export interface WebhooksFlags {
  readonly retry?: boolean;
  readonly json?: boolean;
}

interface Delivery {
  readonly id: string;
  readonly type: string;
  readonly sessionId: string;
  readonly host: string;
  /** ISO 8601. */
  readonly createdAt: string;
  /** Null: given up. */
  readonly nextAttempt: string | null;
  readonly attempts: number;
  readonly reason: string | null;
}

const MOST = 100;

/** `meet webhooks`: what the host application could not be told, and why. */
export const webhooks: Command<WebhooksFlags> = async (context, { retry, json }) => {
  const { out, notes } = context;
  if (retry) {
    const count = await retryAll(context);
    if (count > 0) notes.line(`${count} of them again, for another day.`);
  }
  const deliveries = await listTroubled(context);
  if (json) {
    for (const delivery of deliveries) out.line(JSON.stringify(delivery));
  } else if (deliveries.length === 0) {
    notes.line('No webhook failed.');
  } else {
    const now = context.now();
    const rows = deliveries.map(({ type, sessionId, host, createdAt, nextAttempt, attempts, reason }) => ({
      EVENT: type,
      MEETING: out.style('bold', cut(sessionId, 40)),
      OF: formatRelative(Date.parse(createdAt), now),
      TO: cut(host, 40),
      TRIED: `${attempts}×`,
      AGAIN:
        nextAttempt === null ? out.style('red', 'given up') : formatRelative(Date.parse(nextAttempt), now),
      WHY: reason ?? '',
    }));
    for (const line of formatTable(rows, title => out.style('dim', title))) out.line(line);
  }
  return EXIT_OK;
};

async function retryAll(context: Context): Promise<number> {
  if (!chooseRemote(context)) return withStore(context, store => store.outbox.retry(context.now()));
  return (await askServer<{ retried: number }>(context, 'POST', '/api/webhooks/retry', {})).retried;
}

async function listTroubled(context: Context): Promise<readonly Delivery[]> {
  if (!chooseRemote(context))
    return withStore(context, async store => (await store.outbox.troubled(MOST)).map(toDelivery));
  return (await askServer<{ deliveries: Delivery[] }>(context, 'GET', '/api/webhooks')).deliveries;
}

function toDelivery({
  eventId,
  type,
  sessionId,
  host,
  createdAt,
  dueAt,
  attempts,
  reason,
}: OutboxMessage): Delivery {
  const iso = (ms: number) => new Date(ms).toISOString();
  const nextAttempt = dueAt === null ? null : iso(dueAt);
  return { id: eventId, type, sessionId, host, createdAt: iso(createdAt), nextAttempt, attempts, reason };
}
