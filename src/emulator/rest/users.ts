import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Access, Asking } from './access.ts';
import type { Directory } from './directory.ts';
import { CREATE_USER, DELETE_USER, DEVICE, RENAME_USER } from './schemas.ts';
import type { Tokens, User } from './tokens.ts';

export interface AuthTokenOptions {
  readonly access: Access;
  readonly directory: Directory;
  readonly tokens: Tokens;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}

/** The answer to who holds the server's key, or any of the two, and wants an auth token of a user. Throws a `VendorError`. */
export async function answerAuthToken(
  { access, directory, tokens, now }: AuthTokenOptions,
  { asking, uid, key }: { asking: Asking; uid: string; key: 'api' | 'any' },
): Promise<{ data: { uid: string; authToken: string; createdAt: number } }> {
  if (key === 'api') access.requireApiKey(asking);
  else access.requireAnyKey(asking);
  const user = directory.find(uid);
  const authToken = await tokens.issueAuth(user);
  return { data: { uid: user.uid, authToken, createdAt: Math.floor(now() / 1000) } };
}

interface NewUser {
  readonly uid: string;
  readonly name: string;
  readonly withAuthToken?: boolean;
}

/** As the vendor's pages show a user. */
function described({ uid, name, avatar }: User) {
  return { uid, name, ...(avatar && { avatar }), status: 'offline', role: 'default' };
}

/** Users and their auth tokens: with the server's key on `/v3`, for the SDK's own login with a page's key on `/v3.0`. */
export function addUserRoutes(app: FastifyInstance, options: AuthTokenOptions): void {
  const { access, directory, tokens, now } = options;

  const issueAuth = (request: FastifyRequest<{ Params: { uid: string } }>, key: 'api' | 'any') =>
    answerAuthToken(options, { asking: request, uid: request.params.uid, key });

  app.post<{ Body: NewUser }>('/v3/users', { schema: CREATE_USER }, async request => {
    access.requireApiKey(request);
    const { uid, name, withAuthToken = false } = request.body;
    const user = directory.create(uid, name);
    const authToken = withAuthToken ? await tokens.issueAuth(user) : undefined;
    return {
      data: { ...described(user), createdAt: Math.floor(now() / 1000), ...(authToken && { authToken }) },
    };
  });
  app.put<{ Params: { uid: string }; Body: { name: string } }>(
    '/v3/users/:uid',
    { schema: RENAME_USER },
    async request => {
      access.requireApiKey(request);
      return { data: described(directory.rename(request.params.uid, request.body.name)) };
    },
  );
  app.delete<{ Params: { uid: string }; Body: { permanent?: boolean | string } | null }>(
    '/v3/users/:uid',
    { schema: DELETE_USER },
    async request => {
      access.requireApiKey(request);
      const { uid } = request.params;
      directory.remove(uid, String(request.body?.permanent) === 'true');
      return { data: { success: true, message: `User with ${uid} has been deleted successfully.` } };
    },
  );
  app.post<{ Params: { uid: string } }>('/v3/users/:uid/auth_tokens', request => issueAuth(request, 'api'));
  app.post<{ Params: { uid: string } }>('/v3.0/users/:uid/auth_tokens', { schema: DEVICE }, request =>
    issueAuth(request, 'any'),
  );
}
