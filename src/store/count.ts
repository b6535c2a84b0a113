import { type Kysely, sql } from 'kysely';
import type { Schema } from './rows.ts';

export type MeetingCounts = Readonly<Record<'scheduled' | 'open' | 'expired' | 'ended', number>>;

/** Counts meetings by their state at `now` (epoch ms), each in the first that fits: ended, expired, scheduled, open. */
export async function countByState(db: Kysely<Schema>, now: number): Promise<MeetingCounts> {
  const rows = await db
    .selectFrom('meetings')
    .select(({ fn }) => [
      sql<keyof MeetingCounts>`case
        when ended_at is not null then 'ended'
        when expires_at <= ${now} then 'expired'
        when starts_at > ${now} then 'scheduled'
        else 'open' end`.as('state'),
      fn.countAll<number>().as('count'),
    ])
    .groupBy('state')
    .execute();
  const none = { scheduled: 0, open: 0, expired: 0, ended: 0 };
  return { ...none, ...Object.fromEntries(rows.map(({ state, count }) => [state, Number(count)])) };
}
