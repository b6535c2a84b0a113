import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { NoteCall } from '../trace/rest-calls.ts';
import type { Access } from './access.ts';
import { DEVICE } from './schemas.ts';
import type { Tokens } from './tokens.ts';

export interface MeRouteOptions {
  readonly access: Access;
  readonly tokens: Tokens;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  readonly note: NoteCall;
}

/** What SDK v5 asks about the person it runs for: login with a token, logout, and a report that nobody waits for. */
export function addMeRoutes(app: FastifyInstance, { access, tokens, now, note }: MeRouteOptions): void {
  const requireMe = async (request: FastifyRequest) => {
    const bearer = await access.requireUser(request);
    note(request, { who: bearer.user.uid });
    return bearer;
  };

  app.put('/v3.0/me', { schema: DEVICE }, async request => {
    const { user } = await requireMe(request);
    const lastActiveAt = Math.floor(now() / 1000);
    const jwt = await tokens.issueProfile(user);
    return { data: { ...user, status: 'available', role: 'default', lastActiveAt, jwt } };
  });
  app.delete('/v3.0/me', async request => {
    const { authToken } = await requireMe(request);
    await tokens.withdrawAuth(authToken);
    return { data: { success: true, message: 'Logged out.' } };
  });
  // Sent after a login and forgotten. We know its last name only, neither what comes before nor how it is sent.
  for (const url of ['/v3.0/user_sessions', '/v3.0/:owner/user_sessions', '/v3.0/users/:uid/user_sessions'])
    app.route({
      method: ['POST', 'PUT'],
      url,
      async handler(request) {
        await requireMe(request);
        return { data: { success: true } };
      },
    });
}
