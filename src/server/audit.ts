import { type AuditEntry, type AuditRecord, createAuditIds, toRecord } from '../core/audit.ts';
import {
  addressEvent,
  type Notice,
  type OutboxMessage,
  type ReceiverName,
  type WebhookEvent,
} from '../core/webhook.ts';
import type { AuditStore } from '../store/audit.ts';
import { createAuditFolds } from './audit-folds.ts';

/** How many go in one statement: PostgreSQL takes 65,535 values, SQLite 32,766. */
const MOST_AT_ONCE = 1_000;

/** Who asked, what was answered, when and why; and what the host application is told of it. */
export interface AuditTrail {
  /**
   * Resolves once it is stored, and `event` with it; of a refusal that only repeats one, no event is. Throws
   * `STORE_FAILED`.
   */
  record(entry: AuditEntry, event?: WebhookEvent): Promise<void>;
  /** Resolves once the event is stored for each receiver. Throws `STORE_FAILED`. */
  announce(event: WebhookEvent): Promise<void>;
  /** What is to be stored with the change that `event` tells of; null where nobody is told. */
  notice(event: WebhookEvent): Notice | null;
  /** Says that a notice was stored. */
  wake(): void;
  /** Resolves once all that was recorded is stored, or could not be. */
  flush(): Promise<void>;
}

export interface AuditTrailOptions {
  readonly store: AuditStore;
  readonly now: () => number;
  /** Who is told of events; nobody by default. */
  readonly receivers?: readonly ReceiverName[];
  /** Told that events were stored. */
  readonly onEvents?: () => void;
}

interface Batch {
  readonly records: Map<string, AuditRecord>;
  readonly repeats: Map<string, number>;
  readonly messages: OutboxMessage[];
  readonly stored: Promise<void>;
  readonly settle: (outcome: Promise<void>) => void;
}

function createBatch(): Batch {
  let settle: Batch['settle'] = () => {};
  const stored = new Promise<void>(resolve => {
    settle = resolve;
  });
  return { records: new Map(), repeats: new Map(), messages: [], stored, settle };
}

/**
 * Requests that come while a statement is under way share the next one: each waits for two at most, and many cost
 * hardly more than one.
 */
export function createAuditTrail(options: AuditTrailOptions): AuditTrail {
  const { store, now, receivers = [], onEvents = () => {} } = options;
  const newId = createAuditIds();
  const folds = createAuditFolds();
  let waiting: Batch | null = null;
  let underWay: Promise<void> = Promise.resolve();

  const write = async ({ records, repeats, messages }: Batch): Promise<void> => {
    try {
      await store.add({ records: [...records.values()], repeats, messages });
    } catch (error) {
      for (const id of records.keys()) folds.forget(id);
      throw error;
    }
    if (messages.length > 0) onEvents();
  };
  const openBatch = (): Batch => {
    if (waiting && waiting.records.size + waiting.messages.length < MOST_AT_ONCE) return waiting;
    const batch = createBatch();
    waiting = batch;
    // A turn later, since requests that arrived together come to this point one after the other.
    underWay = Promise.all([underWay, nextTurn()]).then(async () => {
      if (waiting === batch) waiting = null;
      const outcome = write(batch);
      batch.settle(outcome);
      await outcome.catch(() => {});
    });
    return batch;
  };
  const address = (event: WebhookEvent, at: number) => addressEvent(event, newId(at), receivers, at);

  return {
    record(entry, event) {
      const at = now();
      const id = newId(at);
      const repeated = folds.fold(entry, id, at);
      const batch = openBatch();
      if (repeated !== undefined) addRepeat(batch, repeated);
      else batch.records.set(id, toRecord(entry, id, at));
      if (repeated === undefined && event) batch.messages.push(...address(event, at));
      return batch.stored;
    },
    async announce(event) {
      if (receivers.length === 0) return;
      const batch = openBatch();
      batch.messages.push(...address(event, now()));
      await batch.stored;
    },
    notice(event) {
      if (receivers.length === 0) return null;
      const at = now();
      return { id: newId(at), event, at };
    },
    wake: onEvents,
    flush: () => underWay,
  };
}

const nextTurn = () => new Promise<void>(resolve => setImmediate(resolve));

function addRepeat({ records, repeats }: Batch, id: string): void {
  const record = records.get(id);
  if (record) records.set(id, { ...record, count: record.count + 1 });
  else repeats.set(id, (repeats.get(id) ?? 0) + 1);
}
