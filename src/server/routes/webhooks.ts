import type { FastifyPluginAsync } from 'fastify';
import type { OutboxMessage } from '../../core/webhook.ts';
import { noteAudit } from '../audited.ts';
import { checkAdmin } from '../bearer.ts';
import type { AppContext } from '../context.ts';
import { emptyBody, retryAnswer, webhooksAnswer } from '../schemas.ts';

const MOST = 100;
const common = { tags: ['manage'], security: [{ admin: [] }] } as const;
const errors = { '4xx': { $ref: 'Error#' } } as const;

/** What the host application could not be told. */
export function webhookRoutes(context: AppContext): FastifyPluginAsync {
  const { outbox } = context.store;
  return async app => {
    app.addHook('preParsing', async request => {
      await checkAdmin(request.headers, context);
      noteAudit(request, { proof: 'admin' });
    });

    app.get(
      '/webhooks',
      {
        config: { audit: 'webhooks' },
        schema: {
          ...common,
          summary: 'Webhooks that failed: to be tried again, or given up; the newest first',
          response: { 200: webhooksAnswer, ...errors },
        },
      },
      async () => ({ deliveries: (await outbox.troubled(MOST)).map(present) }),
    );

    app.post(
      '/webhooks/retry',
      {
        config: { audit: 'webhooks' },
        schema: {
          ...common,
          summary: 'Tries again, for another day, what was given up',
          body: emptyBody,
          response: { 200: retryAnswer, ...errors },
        },
      },
      async request => {
        const retried = await outbox.retry(context.now());
        noteAudit(request, { detail: `${retried} again` });
        return { retried };
      },
    );
  };
}

const iso = (ms: number) => new Date(ms).toISOString();

function present({ eventId, type, sessionId, host, createdAt, dueAt, attempts, reason }: OutboxMessage) {
  const nextAttempt = dueAt === null ? null : iso(dueAt);
  return { id: eventId, type, sessionId, host, createdAt: iso(createdAt), nextAttempt, attempts, reason };
}
