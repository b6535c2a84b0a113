import type { Database, Statement } from 'libsql';
import { isFree } from './free.ts';

/** When a commit on this connection waits for the disk: each one, unless it is said otherwise. */
export interface Durability {
  /** Before a statement of Kysely's. */
  beforeQuery(): void;
  /**
   * Before rows that a power cut may take, back to the last sync: in WAL mode a killed process loses nothing by that, since
   * the kernel has what was written (sqlite.org/pragma.html#pragma_synchronous).
   */
  beforeRows(): void;
  /** Kysely's queries of `run` are such rows too. Nobody else may have its connection meanwhile. */
  forRows<T>(run: () => Promise<T>): Promise<T>;
}

type Mode = 'full' | 'normal';

/** Says it to SQLite only where it changes: each time costs as much as a third of an audit row. */
export function createDurability(database: Database): Durability {
  const statements: Partial<Record<Mode, Statement>> = {};
  let mode: Mode | undefined;
  let wanted: Mode = 'full';
  const set = (to: Mode) => {
    // Within a transaction SQLite refuses it; who began that one has chosen.
    if (mode === to || !isFree(database)) return;
    statements[to] ??= database.prepare(`pragma synchronous = ${to}`);
    statements[to].run();
    mode = to;
  };
  return {
    beforeQuery: () => set(wanted),
    beforeRows: () => set('normal'),
    async forRows(run) {
      wanted = 'normal';
      try {
        return await run();
      } finally {
        wanted = 'full';
      }
    },
  };
}
