import { createHash } from 'node:crypto';
import type { Kysely } from 'kysely';
import type { Guard } from './backend.ts';
import type { Schema } from './rows.ts';

/** One-time codes, at most one alive per name. The database has their SHA-256 only: who reads it cannot use them. */
export interface CodeStore {
  /** From now on this code is the one of `name`, until `expiresAt` (epoch ms). */
  put(name: string, code: string, expiresAt: number): Promise<void>;
  /** Uses the code up; of many who try at once, one gets true. A wrong one leaves it alive. */
  take(name: string, code: string, now: number): Promise<boolean>;
}

// Compared by the database, whose time tells how much of a hash was right: nothing about the code.
const hashOf = (code: string) => createHash('sha256').update(code).digest('base64url');

export function createCodeStore(db: Kysely<Schema>, guard: Guard): CodeStore {
  return {
    async put(name, code, expiresAt) {
      const row = { name, hash: hashOf(code), expires_at: expiresAt };
      await guard(() =>
        db
          .insertInto('codes')
          .values(row)
          .onConflict(conflict => conflict.column('name').doUpdateSet(row))
          .execute(),
      );
    },
    take: (name, code, now) =>
      guard(async () => {
        const { numDeletedRows } = await db
          .deleteFrom('codes')
          .where('name', '=', name)
          .where('hash', '=', hashOf(code))
          .where('expires_at', '>', now)
          .executeTakeFirst();
        return Number(numDeletedRows) === 1;
      }),
  };
}
