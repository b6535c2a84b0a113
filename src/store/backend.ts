import type { Kysely, Transaction } from 'kysely';
import type { WriteDirectly } from './audit-writer.ts';
import type { Durability } from './durability.ts';
import type { Reader } from './reader.ts';
import type { Schema } from './rows.ts';

/** Runs what asks the database. Its failures become `STORE_FAILED` with the fix; anything else is rethrown as it is. */
export type Guard = <T>(run: () => T | Promise<T>) => Promise<T>;

export interface AuditFile extends Pick<Durability, 'forRows'> {
  readonly write: WriteDirectly;
}

/** A database whose schema is up to date, whichever it is; the queries are the same. */
export interface Backend {
  readonly db: Kysely<Schema>;
  readonly guard: Guard;
  /** Until the transaction ends, nobody else creates or changes what has this name. */
  lock(trx: Transaction<Schema>, name: string): Promise<void>;
  /** A shorter way to a meeting than through `db`, where there is one. */
  readonly reader?: Reader;
  /** A file of SQLite's, where rows of the audit trail have a shorter way too. */
  readonly auditFile?: AuditFile;
  /** May be called twice. */
  close(): Promise<void>;
}

/** What a database is found as. */
export interface StoreState {
  /** Of its schema; 0 where there are no tables of ours yet. */
  readonly version: number;
  /** It takes no changes. */
  readonly readOnly: boolean;
}
