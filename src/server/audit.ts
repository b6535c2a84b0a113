import { randomBytes } from 'node:crypto';
import { type AuditEntry, type AuditRecord, createAuditIds, toRecord } from '../core/audit.ts';
import type { AuditStore } from '../store/audit.ts';
import { createAuditFolds } from './audit-folds.ts';

/** How many records go in one statement: PostgreSQL takes 65,535 values, SQLite 32,766. */
const MOST_AT_ONCE = 1_000;

/** Who asked, what was answered, when and why. */
export interface AuditTrail {
  /** Resolves once it is stored. Throws `STORE_FAILED`. */
  record(entry: AuditEntry): Promise<void>;
  /** Resolves once all that was recorded is stored, or could not be. */
  flush(): Promise<void>;
}

interface Batch {
  readonly records: Map<string, AuditRecord>;
  readonly repeats: Map<string, number>;
  readonly stored: Promise<void>;
  readonly settle: (outcome: Promise<void>) => void;
}

function createBatch(): Batch {
  let settle: Batch['settle'] = () => {};
  const stored = new Promise<void>(resolve => {
    settle = resolve;
  });
  return { records: new Map(), repeats: new Map(), stored, settle };
}

/**
 * Requests that come while a statement is under way share the next one: each waits for two at most, and many cost
 * hardly more than one.
 */
export function createAuditTrail(store: AuditStore, now: () => number): AuditTrail {
  const newId = createAuditIds(
    BigInt(`0x${randomBytes(5).toString('hex')}`)
      .toString(36)
      .padStart(8, '0'),
  );
  const folds = createAuditFolds();
  let waiting: Batch | null = null;
  let underWay: Promise<void> = Promise.resolve();

  const write = async (batch: Batch): Promise<void> => {
    try {
      await store.add([...batch.records.values()], batch.repeats);
    } catch (error) {
      for (const id of batch.records.keys()) folds.forget(id);
      throw error;
    }
  };
  const nextTurn = () => new Promise<void>(resolve => setImmediate(resolve));
  const openBatch = (): Batch => {
    if (waiting && waiting.records.size < MOST_AT_ONCE) return waiting;
    const batch = createBatch();
    waiting = batch;
    // A turn later, since requests that arrived together come to this point one after the other.
    const before = underWay;
    underWay = Promise.all([before, nextTurn()]).then(async () => {
      if (waiting === batch) waiting = null;
      const outcome = write(batch);
      batch.settle(outcome);
      await outcome.catch(() => {});
    });
    return batch;
  };

  return {
    record(entry) {
      const at = now();
      const id = newId(at);
      const repeated = folds.fold(entry, id, at);
      const batch = openBatch();
      if (repeated === undefined) batch.records.set(id, toRecord(entry, id, at));
      else addRepeat(batch, repeated);
      return batch.stored;
    },
    flush: () => underWay,
  };
}

function addRepeat({ records, repeats }: Batch, id: string): void {
  const record = records.get(id);
  if (record) records.set(id, { ...record, count: record.count + 1 });
  else repeats.set(id, (repeats.get(id) ?? 0) + 1);
}
