import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Access } from './access.ts';
import type { Directory } from './directory.ts';
import { CREATE_USER, DEVICE, RENAME_USER } from './schemas.ts';
import type { Tokens } from './tokens.ts';

export interface UserRouteOptions {
  readonly access: Access;
  readonly directory: Directory;
  readonly tokens: Tokens;
  readonly apiKey: string;
  readonly authKey: string;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}

/** Users and their auth tokens: with the server's key on `/v3`, for the SDK's own login with a page's key on `/v3.0`. */
export function addUserRoutes(app: FastifyInstance, options: UserRouteOptions): void {
  const { access, directory, tokens, apiKey, authKey, now } = options;

  const issueAuth = async (request: FastifyRequest<{ Params: { uid: string } }>) => {
    const user = directory.find(request.params.uid);
    const authToken = await tokens.issueAuth(user);
    return { data: { uid: user.uid, authToken, createdAt: Math.floor(now() / 1000) } };
  };

  app.post<{ Body: { uid: string; name: string } }>('/v3/users', { schema: CREATE_USER }, async request => {
    access.requireKey(request, apiKey);
    return { data: directory.create(request.body.uid, request.body.name) };
  });
  app.put<{ Params: { uid: string }; Body: { name: string } }>(
    '/v3/users/:uid',
    { schema: RENAME_USER },
    async request => {
      access.requireKey(request, apiKey);
      return { data: directory.rename(request.params.uid, request.body.name) };
    },
  );
  app.post<{ Params: { uid: string } }>('/v3/users/:uid/auth_tokens', async request => {
    access.requireKey(request, apiKey);
    return issueAuth(request);
  });
  app.post<{ Params: { uid: string } }>('/v3.0/users/:uid/auth_tokens', { schema: DEVICE }, async request => {
    access.requireKey(request, apiKey, authKey);
    return issueAuth(request);
  });
}
