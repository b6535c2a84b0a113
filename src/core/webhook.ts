import { toPlainText } from './audit.ts';

/** What the host application is told of. */
export const WEBHOOK_TYPES = [
  'meeting.created',
  'meeting.ended',
  'person.joined',
  'person.left',
  'person.denied',
] as const;
export type WebhookType = (typeof WEBHOOK_TYPES)[number];

/** Something that the host application is told of. Never a token, a key or an invite. */
export interface WebhookEvent {
  readonly type: WebhookType;
  readonly sessionId: string;
  /** The other fields of its `data`, for docs/webhooks.md. */
  readonly data?: Readonly<Record<string, unknown>>;
}

/** An event as it is stored with the change that it tells of, until a server finds out whom to tell. */
export interface Notice {
  /** Sorts by time, as ids of the audit trail do. */
  readonly id: string;
  readonly event: WebhookEvent;
  /** Epoch milliseconds. */
  readonly at: number;
}

/** An event on its way to one receiver. */
export interface OutboxMessage {
  /** Of this row: one event has a row for each receiver. */
  readonly id: string;
  /** Of the event, the same for every attempt: by it a receiver knows what it has had. */
  readonly eventId: string;
  readonly type: string;
  readonly sessionId: string;
  /** A name for the address that tells nothing of it. */
  readonly receiver: string;
  /** Whose address that is, as shown. */
  readonly host: string;
  /** What is signed and sent, to the byte. */
  readonly body: string;
  /** Epoch milliseconds. */
  readonly createdAt: number;
  /** When to try next (epoch ms); null once given up. While somebody tries: when another may. */
  readonly dueAt: number | null;
  readonly attempts: number;
  /** Why it failed last. */
  readonly reason: string | null;
  /** Since when it has another day (epoch ms), as somebody wished after it was given up. */
  readonly retriedAt: number | null;
}

/** A receiver as the outbox knows it. */
export interface ReceiverName {
  readonly id: string;
  readonly host: string;
}

/** A name may be whatever somebody pasted; it leaves here as the audit trail has it. */
const toSend = (value: unknown): unknown => (typeof value === 'string' ? toPlainText(value) : value);

/** What goes to each receiver about an event that happened at `now` (epoch ms). */
export function addressEvent(
  event: WebhookEvent,
  id: string,
  receivers: readonly ReceiverName[],
  now: number,
): OutboxMessage[] {
  const { type, data = {} } = event;
  const sessionId = toPlainText(event.sessionId);
  const told = Object.entries(data).map(([name, value]) => [name, toSend(value)]);
  const eventId = `msg_${id}`;
  const body = JSON.stringify({
    id: eventId,
    type,
    createdAt: new Date(now).toISOString(),
    data: { sessionId, ...Object.fromEntries(told) },
  });
  return receivers.map(({ id: receiver, host }) => ({
    id: `${id}${receiver}`,
    eventId,
    type,
    sessionId,
    receiver,
    host,
    body,
    createdAt: now,
    dueAt: now,
    attempts: 0,
    reason: null,
    retriedAt: null,
  }));
}

const FIRST_MS = 5_000;
const FACTOR = 3;
const LONGEST_MS = 4 * 3_600_000;
const GIVE_UP_MS = 24 * 3_600_000;

/**
 * When to try again (epoch ms) after `attempts` that failed; null once that took a day, since the event or since somebody
 * wished for another one. `random` is at least 0 and below 1: many events that failed at once must not come back at once.
 */
export function nextAttemptAt(
  { attempts, createdAt, retriedAt }: Pick<OutboxMessage, 'attempts' | 'createdAt' | 'retriedAt'>,
  now: number,
  random: number,
): number | null {
  const full = Math.min(LONGEST_MS, FIRST_MS * FACTOR ** (attempts - 1));
  const at = now + Math.round(full * (0.5 + random / 2));
  return at > (retriedAt ?? createdAt) + GIVE_UP_MS ? null : at;
}
