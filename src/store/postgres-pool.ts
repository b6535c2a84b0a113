import type { PostgresPool, PostgresPoolClient } from 'kysely';
import type pg from 'pg';
import { isAnswer } from './postgres-failures.ts';

// Written by Kysely, whose own texts they are.
const HARMLESS = /^(begin$|select )/i;

/**
 * A pool that survives the loss of its connections. One that is not known to be good does not come back: its transaction
 * may still be open, and would be the next one's.
 */
export function createSafePool(pool: pg.Pool): PostgresPool {
  // Unheard, either would end the process. Who uses the connection is told by the statement that fails; idle ones are dropped.
  pool.on('error', () => {});
  pool.on('connect', client => client.on('error', () => {}));
  return {
    connect: async () => createSafeClient(pool, await pool.connect()),
    end: () => pool.end(),
  };
}

function createSafeClient(pool: pg.Pool, first: pg.PoolClient): PostgresPoolClient {
  // Null between two connections: the first is given back before another is asked for, which may be the only one there is.
  let client: pg.PoolClient | null = first;
  let untried = true;
  let lost = false;
  const ask = async (sql: string, parameters: readonly unknown[]) => {
    try {
      client ??= await pool.connect();
      const answer = await client.query(sql, [...parameters]);
      lost = false;
      return answer;
    } catch (error) {
      lost = !isAnswer(error);
      throw error;
    }
  };
  const query = async (sql: string, parameters: readonly unknown[] = []) => {
    // The database does that by itself, and a failure of its own would hide why.
    if (lost && sql === 'rollback') return { command: 'ROLLBACK', rowCount: 0, rows: [] };
    const mayRepeat = untried && HARMLESS.test(sql);
    untried = false;
    try {
      return await ask(sql, parameters);
    } catch (error) {
      // It died in the pool, and we are the first to notice: nothing was asked of it but to begin or to read.
      if (!lost || !mayRepeat || isLate(error)) throw error;
      client?.release(true);
      client = null;
      return ask(sql, parameters);
    }
  };
  return {
    // Kysely asks for cursors by the same method, and we have none.
    query: query as unknown as PostgresPoolClient['query'],
    release: () => client?.release(lost),
  };
}

/** Whoever waited for an answer already does not wait a second time. */
function isLate(error: unknown): boolean {
  return error instanceof Error && error.message === 'Query read timeout';
}
