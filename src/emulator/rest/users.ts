import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Access, Asking } from './access.ts';
import type { Directory } from './directory.ts';
import { CREATE_USER, DEVICE, RENAME_USER } from './schemas.ts';
import type { Tokens } from './tokens.ts';

export interface AuthTokenOptions {
  readonly access: Access;
  readonly directory: Directory;
  readonly tokens: Tokens;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}

export interface UserRouteOptions extends AuthTokenOptions {
  readonly apiKey: string;
  readonly authKey: string;
}

/** The answer to who holds one of these keys and wants an auth token of a user. Throws a `VendorError`. */
export async function answerAuthToken(
  { access, directory, tokens, now }: AuthTokenOptions,
  { asking, uid, keys }: { asking: Asking; uid: string; keys: readonly string[] },
): Promise<{ data: { uid: string; authToken: string; createdAt: number } }> {
  access.requireKey(asking, ...keys);
  const user = directory.find(uid);
  const authToken = await tokens.issueAuth(user);
  return { data: { uid: user.uid, authToken, createdAt: Math.floor(now() / 1000) } };
}

/** Users and their auth tokens: with the server's key on `/v3`, for the SDK's own login with a page's key on `/v3.0`. */
export function addUserRoutes(app: FastifyInstance, options: UserRouteOptions): void {
  const { access, directory, apiKey, authKey } = options;

  const issueAuth = (request: FastifyRequest<{ Params: { uid: string } }>, ...keys: readonly string[]) =>
    answerAuthToken(options, { asking: request, uid: request.params.uid, keys });

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
  app.post<{ Params: { uid: string } }>('/v3/users/:uid/auth_tokens', request => issueAuth(request, apiKey));
  app.post<{ Params: { uid: string } }>('/v3.0/users/:uid/auth_tokens', { schema: DEVICE }, request =>
    issueAuth(request, apiKey, authKey),
  );
}
