import type { FastifyPluginAsync } from 'fastify';
import type { AuditRecord } from '../../core/audit.ts';
import { MeetError } from '../../core/errors.ts';
import { parseInstant } from '../../core/time.ts';
import { type AuditFacts, noteAudit } from '../audited.ts';
import { checkAdmin } from '../bearer.ts';
import type { AppContext } from '../context.ts';
import { checkManager } from '../managers.ts';
import { checkOutcome } from '../outcomes.ts';
import { auditAnswer, auditQuery } from '../schemas.ts';

interface Search {
  Querystring: {
    session?: string;
    uid?: string;
    outcome?: string;
    since?: string;
    until?: string;
    limit?: string;
    cursor?: string;
    after?: string;
  };
}

const USUAL = 100;
const MOST = 1_000;

/** Who asked, what was answered, when and why: all of it for the admin, that of one meeting for its hosts. */
export function auditRoutes(context: AppContext): FastifyPluginAsync {
  return async app => {
    app.get<Search>(
      '/audit',
      {
        config: { audit: 'audit' },
        preParsing: async request => {
          const { session } = request.query;
          const note = (facts: AuditFacts) => noteAudit(request, { ...facts, sessionId: session });
          if (session === undefined) await checkAdmin(request.headers, context);
          else await checkManager(context, request.headers, session, note);
        },
        schema: {
          tags: ['manage'],
          summary:
            'Who asked, what was answered, when and why; the newest first. Hosts: of their meeting only',
          security: [{ admin: [] }, { identity: [] }],
          querystring: auditQuery,
          response: { 200: auditAnswer, '4xx': { $ref: 'Error#' } },
        },
      },
      async ({ query }) => {
        const limit = limitOf(query.limit);
        if (query.outcome !== undefined) checkOutcome(query.outcome);
        const records = await context.store.audit.find({
          sessionId: query.session,
          uid: query.uid,
          outcome: query.outcome,
          since: query.since === undefined ? undefined : parseInstant(query.since),
          until: query.until === undefined ? undefined : parseInstant(query.until),
          olderThan: query.cursor,
          newerThan: query.after,
          limit,
        });
        return {
          records: records.map(present),
          // Asked for once more at the end, when it happens to be full: an empty page does no harm.
          cursor: records.length < limit ? null : (records.at(-1)?.id ?? null),
          serverTime: new Date(context.now()).toISOString(),
        };
      },
    );
  };
}

function limitOf(text: string | undefined): number {
  const limit = text === undefined ? USUAL : Number(text);
  if (limit >= 1 && limit <= MOST) return limit;
  throw new MeetError('BAD_REQUEST', `limit is a number from 1 to ${MOST}.`);
}

function present({ at, ...record }: AuditRecord) {
  return { ...record, at: new Date(at).toISOString() };
}
