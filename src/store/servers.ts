import type { Kysely } from 'kysely';
import type { Guard } from './backend.ts';
import type { Schema } from './rows.ts';

/** A server of this store, until `until` (epoch ms). */
export interface ServerMark {
  readonly id: string;
  /** By these servers know whether they have the same keys; they tell nobody what the keys are. */
  readonly secretMark: string;
  readonly adminMark: string;
  readonly until: number;
}

/** Which servers live on this store. */
export interface ServerStore {
  /** Says that this one lives, and gives those that others have said it of, by `now` (epoch ms). */
  announce(mark: ServerMark, now: number): Promise<ServerMark[]>;
  withdraw(id: string): Promise<void>;
}

/** Everything that fails in it is `STORE_FAILED`. */
export function createServerStore(db: Kysely<Schema>, guard: Guard): ServerStore {
  return {
    announce: ({ id, secretMark, adminMark, until }, now) =>
      guard(async () => {
        const row = { id, secret_mark: secretMark, admin_mark: adminMark, until };
        await db
          .insertInto('servers')
          .values(row)
          .onConflict(conflict => conflict.column('id').doUpdateSet(row))
          .execute();
        await db.deleteFrom('servers').where('until', '<=', now).execute();
        const others = await db.selectFrom('servers').selectAll().where('id', '!=', id).execute();
        return others.map(other => ({
          id: other.id,
          secretMark: other.secret_mark,
          adminMark: other.admin_mark,
          until: other.until,
        }));
      }),
    withdraw: id =>
      guard(async () => {
        await db.deleteFrom('servers').where('id', '=', id).execute();
      }),
  };
}
