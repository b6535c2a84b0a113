import type { FastifyPluginAsync } from 'fastify';
import type { AppContext } from '../context.ts';
import { type Introduction, introduce } from '../identity.ts';
import { DEFAULT_LIMITS } from '../rate-limits.ts';
import { identityAnswer, identityBody } from '../schemas.ts';
import { signIdentity } from '../tokens.ts';

/** `POST /identity`: who are you. */
export function identityRoutes(context: AppContext): FastifyPluginAsync {
  const { secret, guests = true, claimedUids } = context;
  const { visits } = context.rateLimits ?? DEFAULT_LIMITS;

  return async app => {
    app.post<{ Body: Introduction }>(
      '/identity',
      {
        config: { rateLimit: { max: visits } },
        schema: {
          tags: ['join'],
          summary: 'An identity for this tab, from a name or an invite',
          body: identityBody,
          response: { 200: identityAnswer, '4xx': { $ref: 'Error#' } },
        },
      },
      async ({ body }) => {
        const now = context.now();
        const { identity, expiresAt } = await introduce(body, { secret, guests, claimedUids }, now);
        const token = await signIdentity({ secret, identity, expiresAt, now });
        const { uid, name } = identity;
        return { token, user: { uid, name }, expiresAt: new Date(expiresAt).toISOString() };
      },
    );
  };
}
