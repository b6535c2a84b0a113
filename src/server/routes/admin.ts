import type { FastifyPluginAsync } from 'fastify';
import { noteAudit } from '../audited.ts';
import { checkAdminKey } from '../bearer.ts';
import type { AppContext } from '../context.ts';
import { DEFAULT_LIMITS } from '../rate-limits.ts';
import { adminCodeAnswer, adminSessionAnswer, adminSessionBody, emptyBody } from '../schemas.ts';
import { signAdmin } from '../tokens.ts';

const LIFETIME_MS = 12 * 3_600_000;
/** Guesses a minute; the code has 192 random bits, so this only keeps the log and the processor quiet. */
const MOST_TRIES = 30;

const iso = (ms: number) => new Date(ms).toISOString();
const errors = { '4xx': { $ref: 'Error#' } } as const;

/** How a browser becomes admin: whoever holds the key fetches a one-time code, and the page swaps it for a session. */
export function adminRoutes(context: AppContext): FastifyPluginAsync {
  const { adminKey, secret, adminCodes } = context;
  const { visits } = context.rateLimits ?? DEFAULT_LIMITS;

  return async app => {
    app.post(
      '/admin/code',
      {
        config: { audit: 'admin-code' },
        preParsing: async request => {
          checkAdminKey(request.headers, adminKey);
          noteAudit(request, { proof: 'admin' });
        },
        schema: {
          tags: ['admin'],
          summary: 'A one-time code for the link /#admin=<code>; the one before it dies',
          security: [{ admin: [] }],
          body: emptyBody,
          response: { 201: adminCodeAnswer, ...errors },
        },
      },
      async (_request, reply) => {
        const { code, expiresAt } = await adminCodes.renew();
        return reply.code(201).send({ code, expiresAt: iso(expiresAt) });
      },
    );

    app.post<{ Body: { code: string } }>(
      '/admin/session',
      {
        config: { rateLimit: { max: Math.min(MOST_TRIES, visits) }, audit: 'admin-session' },
        schema: {
          tags: ['admin'],
          summary: 'Swaps a one-time code for the session of an admin',
          body: adminSessionBody,
          response: { 200: adminSessionAnswer, ...errors },
        },
      },
      async ({ body }) => {
        await adminCodes.redeem(body.code);
        const now = context.now();
        const expiresAt = now + LIFETIME_MS;
        return { token: await signAdmin({ secret, adminKey, expiresAt, now }), expiresAt: iso(expiresAt) };
      },
    );
  };
}
