import rateLimit from '@fastify/rate-limit';
import type { FastifyPluginAsync, FastifyRequest } from 'fastify';
import { MeetError } from '../../core/errors.ts';
import { isAdmin } from '../bearer.ts';
import type { AppContext } from '../context.ts';
import { DEFAULT_LIMITS, machineLimit, rateLimitOptions } from '../rate-limits.ts';
import { HttpRefusal } from '../refusal.ts';
import { isLocal } from '../remote.ts';

const READY_MS = 2_000;

/** For who runs the server: does it live, can it work, how much does it do, what can be asked of it. */
export function healthRoutes(context: AppContext): FastifyPluginAsync {
  const ok = {
    type: 'object',
    properties: { ok: { type: 'boolean' }, service: { type: 'string' } },
  } as const;

  return async app => {
    await app.register(
      rateLimit,
      rateLimitOptions('health', machineLimit(context.rateLimits ?? DEFAULT_LIMITS), context.limiter),
    );

    app.get(
      '/healthz',
      {
        config: { rateLimit: false },
        schema: { tags: ['health'], summary: 'The process answers', response: { 200: ok } },
      },
      async () => ({ ok: true, service: 'meet' }),
    );

    app.get(
      '/readyz',
      {
        schema: {
          tags: ['health'],
          summary: 'The store answers too, and the server is not about to stop',
          response: { 200: ok, 503: { $ref: 'Error#' } },
        },
      },
      async () => {
        if (context.drain?.isOn) throw new HttpRefusal('UNAVAILABLE', 'This server stops; ask another one.');
        await withinTime(context.store.find('readyz'), READY_MS);
        return { ok: true, service: 'meet' };
      },
    );

    app.get(
      '/metrics',
      {
        preHandler: async request => checkReader(context, request),
        schema: {
          tags: ['health'],
          summary:
            'Numbers for Prometheus: for this machine, the admin key, or everybody if MEET_METRICS=open',
          security: [{ admin: [] }, {}],
        },
      },
      async (_request, reply) => reply.type(context.metrics.contentType).send(await context.metrics.render()),
    );

    app.get('/openapi.json', { schema: { hide: true } }, async () => app.swagger());
  };
}

/**
 * Whether somebody may read the metrics. Links that lead to another name tell of a proxy, and one that does not say for whom
 * it asks would look like this machine.
 */
async function checkReader(context: AppContext, request: FastifyRequest): Promise<void> {
  const { openMetrics, baseUrl, tls } = context;
  const isBehind = tls === undefined && !/^(localhost|127\.[\d.]+|\[::1\])$/.test(new URL(baseUrl).hostname);
  if (openMetrics || (isLocal(request) && !isBehind)) return;
  if (await isAdmin(request.headers, context)) return;
  throw new MeetError(
    'NOT_ADMIN',
    'Only with the admin key, Authorization: Bearer <.meet/admin-key>; without it on this machine, unless links lead elsewhere (MEET_URL: a proxy), or for all with MEET_METRICS=open.',
  );
}

/** Whatever keeps the store from answering, the probe is told that it does not. */
async function withinTime(answer: Promise<unknown>, ms: number): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer within ${ms} ms`)), ms);
  });
  try {
    await Promise.race([answer, late]);
  } catch (cause) {
    throw new MeetError('STORE_FAILED', 'The store does not answer; look at its file or server.', { cause });
  } finally {
    clearTimeout(timer);
  }
}
