import type { FastifyPluginAsync, FastifyRequest } from 'fastify';
import type { AuditAction } from '../../core/audit.ts';
import { openingOf } from '../../core/opening.ts';
import { doorOpensAt } from '../../core/policy.ts';
import { admit, admitView, confirm, type Visitor } from '../admission.ts';
import { noteAudit } from '../audited.ts';
import type { AppContext, Presence } from '../context.ts';
import { issueTokens } from '../issue.ts';
import { manage } from '../management.ts';
import { DEFAULT_LIMITS } from '../rate-limits.ts';
import { addressOf, isEncrypted } from '../remote.ts';
import {
  authorizeAnswer,
  factsAnswer,
  meetingParams,
  peopleAnswer,
  tokenAnswer,
  visitBody,
} from '../schemas.ts';

type Person = ReturnType<Presence>[number];

interface Visit {
  Params: { id: string };
  Body: { key?: string } | null | undefined;
}

const iso = (ms: number) => new Date(ms).toISOString();
const errors = { '4xx': { $ref: 'Error#' }, '5xx': { $ref: 'Error#' } } as const;

function visitorOf(request: FastifyRequest<Visit>): Visitor {
  const { params, headers, body } = request;
  const header = headers['meet-key'];
  return {
    sessionId: params.id,
    headers,
    address: addressOf(request),
    key: body?.key ?? (typeof header === 'string' ? header : undefined),
    note: facts => noteAudit(request, facts),
  };
}

/** What whoever joins asks: the meeting's facts, may I, and a token. Each checks everything again. */
export function visitRoutes(context: AppContext): FastifyPluginAsync {
  const { visits } = context.rateLimits ?? DEFAULT_LIMITS;
  const config = (audit: AuditAction) => ({ rateLimit: { max: visits }, audit });
  const common = { tags: ['join'], params: meetingParams };

  return async app => {
    app.get<Visit>(
      '/meetings/:id',
      {
        config: { audit: 'view' },
        schema: {
          ...common,
          summary: 'The facts of a meeting; a link key goes in the header Meet-Key',
          response: { 200: factsAnswer, ...errors },
        },
      },
      async request => {
        const { meeting, role } = await admitView(context, visitorOf(request));
        const { sessionId, title, access, startsAt, expiresAt, hours, zone, broadcast } = meeting;
        const opensAt = doorOpensAt(meeting, await openingOf(meeting, context.now()), context.now());
        return {
          // Whoever shares the link is to know whether its plain address opens it; the key itself is its hosts' to give.
          keyed: access === 'link' && meeting.key !== null,
          ...(role === 'host' && manage(context, meeting)),
          sessionId,
          title,
          access,
          startsAt: startsAt === null ? null : iso(startsAt),
          expiresAt: iso(expiresAt),
          hours,
          zone,
          broadcast,
          role,
          opensAt: opensAt === null ? null : iso(opensAt),
          serverTime: iso(context.now()),
        };
      },
    );

    app.get<Visit>(
      '/meetings/:id/people',
      {
        config: config('view'),
        schema: {
          ...common,
          summary:
            "Who is in the call now, for whom its facts are for; null with CometChat's cloud, which tells nobody",
          security: [{ identity: [] }, {}],
          response: { 200: peopleAnswer, ...errors },
        },
      },
      async request => {
        const { meeting, role } = await admitView(context, visitorOf(request));
        // A uid is for who is in the call, and for who may put people out of it, which goes by uids.
        const tell = ({ name, uid }: Person) => (role === 'host' ? { name, uid } : { name });
        return { people: context.presence?.(meeting.sessionId).map(tell) ?? null };
      },
    );

    app.post<Visit>(
      '/meetings/:id/authorize',
      {
        config: config('authorize'),
        schema: {
          ...common,
          summary: 'May I join now',
          security: [{ identity: [] }],
          body: visitBody,
          response: { 200: authorizeAnswer, ...errors },
        },
      },
      async request => {
        const admitted = await admit(context, visitorOf(request));
        context.grants.add(admitted);
        return { ok: true, role: admitted.role, expiresAt: iso(admitted.expiresAt) };
      },
    );

    app.post<Visit>(
      '/meetings/:id/token',
      {
        config: config('token'),
        schema: {
          ...common,
          summary: 'A CometChat token: of the user, or in strict mode for this call only',
          security: [{ identity: [] }],
          body: visitBody,
          response: { 200: tokenAnswer, ...errors },
        },
      },
      async request => {
        const admitted = await admit(context, visitorOf(request));
        context.grants.add(admitted);
        const origin = context.hosts.originOf(request.headers, isEncrypted(request));
        const tokens = await issueTokens(context, admitted, origin);
        // CometChat may have taken seconds, in which they were put out, the key changed, or the meeting ended.
        await confirm(context, admitted);
        return tokens;
      },
    );
  };
}
