import type { OutboxMessage } from '../core/webhook.ts';
import { askServer } from './ask-server.ts';
import type { Command, Context, Output } from './context.ts';
import { EXIT_OK } from './exit-codes.ts';
import { type Cell, fitTable } from './fit-table.ts';
import { formatRelative } from './format-time.ts';
import { withStore } from './meetings.ts';
import { chooseRemote } from './remote.ts';
import { cut } from './table.ts';

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
  const { out, notes, io } = context;
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
    const width = io.stdout.isTTY ? (io.stdout.columns ?? 80) : Number.POSITIVE_INFINITY;
    const rows = deliveries.map(delivery => describeDelivery(delivery, now, out.style));
    const lines = fitTable(rows, { width, styleTitle: title => out.style('dim', title) });
    for (const line of lines.flat()) out.line(line);
  }
  return EXIT_OK;
};

/** One that was taken up again has not been tried yet; its reason is that of the days before. */
export function describeDelivery(
  delivery: Delivery,
  now: number,
  style: Output['style'],
): Record<string, Cell> {
  const { type, sessionId, host, createdAt, nextAttempt, attempts, reason } = delivery;
  const isAnew = attempts === 0 && nextAttempt !== null;
  const next = nextAttempt === null ? null : Date.parse(nextAttempt);
  const cell = (text: string, look?: Parameters<Output['style']>[0]): Cell => ({
    text,
    style: look ? word => style(look, word) : word => word,
  });
  return {
    EVENT: cell(type),
    MEETING: cell(cut(sessionId, 40), 'bold'),
    OF: cell(formatRelative(Date.parse(createdAt), now)),
    TO: cell(cut(host, 40)),
    TRIED: cell(isAnew ? 'anew' : `${attempts}×`),
    AGAIN: next === null ? cell('given up', 'red') : cell(next <= now ? 'now' : formatRelative(next, now)),
    WHY: cell(reason === null ? '' : `${isAnew ? 'before: ' : ''}${reason}`, 'dim'),
  };
}

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
