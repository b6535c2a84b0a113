import type { AuditRecord } from '../core/audit.ts';
import type { AuditQuery } from '../store/audit.ts';
import { askServer } from './ask-server.ts';
import type { Context } from './context.ts';
import { withStore } from './meetings.ts';
import { chooseRemote } from './remote.ts';

export type Find = (query: AuditQuery) => Promise<AuditRecord[]>;

/** Runs with the audit trail that was asked for: of the server which `--server` names, else of the project's own store. */
export async function withTrail<T>(context: Context, run: (find: Find) => Promise<T>): Promise<T> {
  if (!chooseRemote(context)) return withStore(context, store => run(store.audit.find));
  return run(query => askTrail(context, query));
}

type Answer = { readonly records: readonly (Omit<AuditRecord, 'at'> & { readonly at: string })[] };

async function askTrail(context: Context, query: AuditQuery): Promise<AuditRecord[]> {
  const { sessionId, uid, outcome, since, until, olderThan, limit } = query;
  const iso = (ms: number | undefined) => (ms === undefined ? undefined : new Date(ms).toISOString());
  const asked = {
    session: sessionId,
    uid,
    outcome,
    since: iso(since),
    until: iso(until),
    cursor: olderThan,
    limit: String(limit),
  };
  const search = new URLSearchParams(
    Object.entries(asked).filter(([, value]) => value !== undefined) as [string, string][],
  );
  const { records } = await askServer<Answer>(context, 'GET', `/api/audit?${search}`);
  return records.map(record => ({ ...record, at: Date.parse(record.at) }));
}
