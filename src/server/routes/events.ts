import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify';
import { admit, admitView } from '../admission.ts';
import { type AuditFacts, noteAudit } from '../audited.ts';
import { checkAdmin, isAdmin } from '../bearer.ts';
import type { AppContext } from '../context.ts';
import { createEventStreams, type EventStreamLimits } from '../event-streams.ts';
import { HttpRefusal } from '../refusal.ts';
import { addressOf } from '../remote.ts';
import { eventsQuery, meetingParams } from '../schemas.ts';

interface Watch {
  Params: { id: string };
  Querystring: { follow?: 'true' | 'false' };
}

const NO_EVENTS = [
  'NOT_FOUND',
  "Only the emulator tells what happens in a session; CometChat's cloud does not.",
] as const;

/** What happens in a session, as it happens: for whoever may join the meeting, and for its manager. */
export function eventRoutes(context: AppContext, limits?: EventStreamLimits): FastifyPluginAsync {
  const { events } = context;
  const streams = events && createEventStreams(events, limits);

  const send = async (
    request: FastifyRequest<Watch>,
    reply: FastifyReply,
    session: string,
    mayStay: () => Promise<unknown>,
  ) => {
    if (!streams) throw new HttpRefusal(...NO_EVENTS);
    const { headers, query } = request;
    const format = wantsLines(headers.accept) ? 'ndjson' : 'sse';
    const lastId = headers['last-event-id'];
    const stream = streams.open({
      session,
      format,
      lastId: typeof lastId === 'string' ? lastId : undefined,
      follow: query.follow !== 'false',
      mayStay,
      isManager: await isAdmin(headers, context),
    });
    return (
      reply
        .type(format === 'sse' ? 'text/event-stream' : 'application/x-ndjson')
        // A stream ends with its connection: one that stays open would keep a server that stops waiting.
        .header('connection', 'close')
        .header('x-accel-buffering', 'no')
        .send(stream)
    );
  };
  const schema = {
    tags: ['watch'],
    params: meetingParams,
    querystring: eventsQuery,
    response: { '4xx': { $ref: 'Error#' } },
  };

  return async app => {
    app.addHook('preClose', async () => streams?.close());

    // A HEAD route would open a stream that nobody reads.
    app.get<Watch>(
      '/meetings/:id/events',
      {
        exposeHeadRoute: false,
        config: { audit: 'view', endless: true },
        schema: {
          ...schema,
          summary: 'What happens in a meeting: server-sent events, or JSON lines by Accept',
          security: [{ identity: [] }, { admin: [] }],
        },
      },
      async (request, reply) => {
        const check = () => admitWatcher(context, request);
        return send(request, reply, (await check()).sessionId, check);
      },
    );

    app.get<Watch>(
      '/sessions/:id/events',
      {
        exposeHeadRoute: false,
        config: { audit: 'view', endless: true },
        schema: {
          ...schema,
          summary: 'The same of any session, also one that is no meeting of this server',
          security: [{ admin: [] }],
        },
        preParsing: async ({ headers }) => checkAdmin(headers, context),
      },
      async (request, reply) => send(request, reply, request.params.id, async () => {}),
    );
  };
}

/** The manager, and who may join now. Throws the refusal. */
async function admitWatcher(context: AppContext, request: FastifyRequest<Watch>) {
  const { params, headers } = request;
  const key = headers['meet-key'];
  const visitor = {
    sessionId: params.id,
    headers,
    address: addressOf(request),
    key: typeof key === 'string' ? key : undefined,
    note: (facts: AuditFacts) => noteAudit(request, facts),
  };
  if (await isAdmin(headers, context)) return (await admitView(context, visitor)).meeting;
  return (await admit(context, visitor)).meeting;
}

function wantsLines(accept = ''): boolean {
  return accept.includes('application/x-ndjson') && !accept.includes('text/event-stream');
}
