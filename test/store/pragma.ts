import type { Database } from 'libsql';

/** The one value of a pragma: libsql's own `simple` option gives the whole row. */
export function readPragma(database: Database, name: string): unknown {
  const [value] = database.prepare(`pragma ${name}`).raw().all().flat();
  return value;
}
