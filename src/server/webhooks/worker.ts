import { nextAttemptAt, type OutboxMessage } from '../../core/webhook.ts';
import type { OutboxStore } from '../../store/outbox.ts';
import { deliver } from './deliver.ts';
import type { WebhookSettings } from './settings.ts';

/** Brings what is in the outbox to its receivers. */
export interface WebhookWorker {
  /** Says that something is due. */
  wake(): void;
  /** Takes nothing new, gives what is on its way a moment, and puts back the rest. */
  stop(): Promise<void>;
}

export interface WorkerOptions extends WebhookSettings {
  readonly outbox: OutboxStore;
  readonly now?: () => number;
  readonly random?: () => number;
  /** A slow receiver is cut off after this long (ms). */
  readonly patienceMs?: number;
  /** How often to look for retries, and for what commands and other servers left (ms). */
  readonly everyMs?: number;
  /** What is on its way when we stop has this long (ms). */
  readonly graceMs?: number;
  readonly onFailure?: (error: unknown) => void;
}

const PATIENCE_MS = 10_000;
/** Of these at a time; one that hangs leaves the others their way. */
const AT_ONCE = 16;
/** For the claim to outlast the longest attempt, so that no other server makes it a second one. */
const LEASE_FACTOR = 3;

export function startWebhookWorker(options: WorkerOptions): WebhookWorker {
  const { outbox, receivers, secrets, now = Date.now, random = Math.random, onFailure = () => {} } = options;
  const { patienceMs = PATIENCE_MS, everyMs = 2_000, graceMs = 1_500 } = options;
  const urls = new Map(receivers.map(({ id, url }) => [id, url]));
  const underWay = new Set<Promise<void>>();
  const cut = new AbortController();
  let stopping = false;
  let looking: Promise<void> | null = null;
  let again = false;

  const attempt = async (message: OutboxMessage): Promise<void> => {
    const url = urls.get(message.receiver) ?? '';
    const failure = await deliver(message, { url, secrets, now: now(), patienceMs, signal: cut.signal });
    if (!failure) return outbox.delivered(message.id);
    // Another server tries at once; this attempt was none of the receiver's fault.
    if (cut.signal.aborted) return outbox.failed(message.id, now(), message.reason);
    const tried = { ...message, attempts: message.attempts + 1 };
    const dueAt = failure.final ? null : nextAttemptAt(tried, now(), random());
    await outbox.failed(message.id, dueAt, failure.reason);
  };

  const begin = (message: OutboxMessage) => {
    const work = attempt(message)
      // It stays claimed, and comes back when the claim is over.
      .catch(onFailure)
      .finally(() => {
        underWay.delete(work);
        if (underWay.size === AT_ONCE - 1) wake();
      });
    underWay.add(work);
  };

  const look = async (): Promise<void> => {
    const room = AT_ONCE - underWay.size;
    if (room === 0) return;
    const at = now();
    if (await outbox.address(receivers, at)) again = true;
    const messages = await outbox.due([...urls.keys()], at, room);
    for (const message of messages) {
      if (stopping) return;
      if (await outbox.claim(message, at + LEASE_FACTOR * patienceMs)) begin(message);
    }
    if (messages.length === room) again = true;
  };

  const wake = (): void => {
    if (stopping) return;
    if (looking) {
      again = true;
      return;
    }
    again = false;
    looking = look()
      .catch(onFailure)
      .finally(() => {
        looking = null;
        if (again) wake();
      });
  };

  const timer = setInterval(wake, everyMs);
  timer.unref();
  wake();

  return {
    wake,
    async stop() {
      stopping = true;
      clearInterval(timer);
      await looking;
      const late = setTimeout(() => cut.abort(), graceMs);
      await Promise.all(underWay);
      clearTimeout(late);
    },
  };
}
