import { createHash, timingSafeEqual } from 'node:crypto';
import type { FastifyPluginCallback, FastifyRequest } from 'fastify';
import type { Directory } from './directory.ts';
import { toVendorError, VendorError } from './errors.ts';
import { type CallClaims, hashToken, type MayIssue, type Tokens, type User } from './tokens.ts';

export interface RestOptions {
  readonly tokens: Tokens;
  readonly directory: Directory;
  readonly appId: string;
  readonly region: string;
  /** The server's REST key: everything. */
  readonly apiKey: string;
  /** The development key that a page may hold: auth tokens of users that exist. */
  readonly authKey: string;
  readonly mayIssue: MayIssue;
  readonly domainOf: (port: number) => string;
}

const TEXT = { type: 'string', minLength: 1, maxLength: 100 };
const CREATE_USER = {
  body: { type: 'object', required: ['uid', 'name'], properties: { uid: TEXT, name: TEXT } },
};
const RENAME_USER = { body: { type: 'object', required: ['name'], properties: { name: TEXT } } };
const CALL_TOKEN = { body: { type: 'object', required: ['sessionId'], properties: { sessionId: TEXT } } };

/**
 * CometChat's REST, as far as calls need it. Two bases: `/v3` is what the vendor documents for a server to call,
 * `/v3.0` is what the SDK itself calls from the page.
 */
export function createRoutes(options: RestOptions): FastifyPluginCallback {
  const { tokens, directory } = options;

  const requireKey = (request: FastifyRequest, ...keys: string[]) => {
    const given = headerOf(request, 'apikey');
    if (!keys.some(key => isSame(key, given)))
      throw new VendorError('AUTH_ERR_APIKEY_NOT_FOUND', 'The API key is missing or wrong.');
  };
  const issueAuth = async (request: FastifyRequest<{ Params: { uid: string } }>) => {
    const user = directory.find(request.params.uid);
    return {
      data: {
        uid: user.uid,
        authToken: await tokens.issueAuth(user),
        createdAt: Math.floor(Date.now() / 1000),
      },
    };
  };
  const requireAccess = async (user: User, sessionId: string, authHash: string) => {
    if (await options.mayIssue(user.uid, sessionId, authHash)) return;
    throw new VendorError(
      'AUTH_ERR_NO_ACCESS',
      `${user.uid} was not authorized for the session ${sessionId}.`,
    );
  };

  return (app, _options, done) => {
    app.setErrorHandler((error, _request, reply) => {
      const refusal = toVendorError(error);
      return reply.code(refusal.statusCode).send(refusal.body);
    });
    app.setNotFoundHandler((request, reply) => {
      const refusal = new VendorError(
        'ERR_ROUTE_NOT_FOUND',
        `The emulator has no ${request.method} ${request.url.split('?')[0]}.`,
      );
      return reply.code(refusal.statusCode).send(refusal.body);
    });

    app.post<{ Body: { uid: string; name: string } }>('/v3/users', { schema: CREATE_USER }, async request => {
      requireKey(request, options.apiKey);
      return { data: directory.create(request.body.uid, request.body.name) };
    });
    app.put<{ Params: { uid: string }; Body: { name: string } }>(
      '/v3/users/:uid',
      { schema: RENAME_USER },
      async request => {
        requireKey(request, options.apiKey);
        return { data: directory.rename(request.params.uid, request.body.name) };
      },
    );
    app.post<{ Params: { uid: string } }>('/v3/users/:uid/auth_tokens', async request => {
      requireKey(request, options.apiKey);
      return issueAuth(request);
    });
    app.post<{ Params: { uid: string } }>('/v3.0/users/:uid/auth_tokens', async request => {
      requireKey(request, options.apiKey, options.authKey);
      return issueAuth(request);
    });
    app.post<{ Body: { sessionId: string } }>('/v3.0/call_tokens', { schema: CALL_TOKEN }, async request => {
      const authToken = headerOf(request, 'authtoken');
      const user = await tokens.readAuth(authToken);
      if (!user)
        throw new VendorError(
          'AUTH_ERR_AUTH_TOKEN_NOT_FOUND',
          'The auth token is missing, expired or not of this app.',
        );
      const { sessionId } = request.body;
      const authHash = hashToken(authToken);
      await requireAccess(user, sessionId, authHash);
      return { data: { token: await tokens.issueCall(user, sessionId, authHash) } };
    });
    app.get('/v3.0/call_tokens', async request => {
      const callToken = headerOf(request, 'calltoken');
      const token = await tokens.readCall(callToken);
      if (!token || token.expired)
        throw new VendorError(
          'AUTH_ERR_CALL_TOKEN_NOT_FOUND',
          'The call token is missing, expired or not of this app.',
        );
      await requireAccess(token.claims.user, token.claims.sessionId, token.claims.authHash);
      const domain = options.domainOf(request.socket.localPort ?? 0);
      return { data: { callToken, ...describeSession(token.claims, options, domain) } };
    });
    done();
  };
}

// What SDK 4.2.6 reads: where to signal, and who joins what. Analytics have nowhere to go offline.
function describeSession({ sessionId, user }: CallClaims, { appId, region }: RestOptions, domain: string) {
  return {
    settings: {
      WEBRTC_HOST: domain,
      ANALYTICS_HOST: domain,
      ANALYTICS_VERSION: 'v1',
      PRESENTER_MODE_ENABLED: true,
    },
    payload: { data: { appId, region, sessionId, user }, room: sessionId },
  };
}

function headerOf(request: FastifyRequest, name: string): string {
  const value = request.headers[name];
  return typeof value === 'string' ? value : '';
}

// Hashes have one length, so the comparison tells nothing of the key's. The core has the same; by the arrows it is not ours.
function isSame(key: string, given: string): boolean {
  const hash = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(hash(key), hash(given));
}
