import type { FastifyPluginAsync } from 'fastify';
import { noteAudit } from '../audited.ts';
import { readAppIdentity } from '../bearer.ts';
import type { AppContext } from '../context.ts';
import { adopt, type Introduction, introduce } from '../identity.ts';
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
        config: { rateLimit: { max: visits }, audit: 'identity' },
        schema: {
          tags: ['join'],
          summary: 'An identity for this tab, from a name, an invite or the token of the host application',
          security: [{}, { identity: [] }],
          body: identityBody,
          response: { 200: identityAnswer, '4xx': { $ref: 'Error#' }, '5xx': { $ref: 'Error#' } },
        },
      },
      async request => {
        const { body, headers } = request;
        noteAudit(request, { uid: body.uid, name: body.name });
        const now = context.now();
        const proven = await readAppIdentity(headers, context);
        const introduced = proven
          ? adopt(proven, body, now)
          : await introduce(body, { secret, guests, claimedUids }, now);
        const { identity, issuedAt, expiresAt } = introduced;
        const token = await signIdentity({ secret, identity, expiresAt, now: issuedAt });
        const { uid, name, proof, invite, role } = identity;
        noteAudit(request, { uid, name, proof, role: invite?.role ?? role, sessionId: invite?.sessionId });
        return { token, user: { uid, name }, expiresAt: new Date(expiresAt).toISOString() };
      },
    );
  };
}
