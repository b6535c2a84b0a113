import type { FastifyInstance, FastifyPluginCallback, FastifyRequest } from 'fastify';
import { type NoteCall, traceCalls } from '../trace/rest-calls.ts';
import { type Emit, NO_TRACE } from '../trace/trace.ts';
import { createAccess } from './access.ts';
import { addCallTokenRoutes } from './call-tokens.ts';
import type { Directory } from './directory.ts';
import { toVendorError, VendorError } from './errors.ts';
import { addMeRoutes } from './me.ts';
import type { MayIssue, Tokens } from './tokens.ts';
import { addUserRoutes } from './users.ts';

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
  /** The XMPP domain for a server port. */
  readonly domainOf: (port: number) => string;
  /** The origin under which the sender of these headers sees the server; by default what the request itself tells. */
  readonly originOf?: (headers: FastifyRequest['headers']) => string;
  /** Whether SDK v5 is told to send the media of two people alone directly. */
  readonly p2p: boolean;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  readonly emit?: Emit;
}

/** Twenty times the longest body there is: a name of 100 characters that take six bytes each. */
const MAX_BODY_BYTES = 16 * 1024;

/**
 * CometChat's REST, as far as calls need it. `/v3` is what the vendor documents for a server to call, `/v3.0` is what the
 * SDK itself calls from the page: its call, admin and client hosts are this one base.
 */
export function createRoutes(options: RestOptions): FastifyPluginCallback {
  const access = createAccess(options);
  const placeOf = (request: FastifyRequest) => ({
    domain: options.domainOf(request.socket.localPort ?? 0),
    socketOrigin: socketOriginOf(request, options),
    p2p: options.p2p,
  });
  return (app, _options, done) => {
    const note = traceCalls(app, options.emit ?? NO_TRACE);
    answerInVendorsWords(app, note);
    readEmptyAsNone(app);
    app.addHook('onRoute', route => {
      route.bodyLimit = MAX_BODY_BYTES;
    });
    app.addHook('onRequest', async request => access.requireApp(request));
    addUserRoutes(app, { ...options, access });
    addMeRoutes(app, { ...options, access, note });
    addCallTokenRoutes(app, { ...options, access, placeOf, note });
    done();
  };
}

function answerInVendorsWords(app: FastifyInstance, note: NoteCall): void {
  app.setErrorHandler((error, request, reply) => {
    const refusal = toVendorError(error);
    note(request, { code: refusal.code });
    return reply.code(refusal.statusCode).send(refusal.body);
  });
  app.setNotFoundHandler((request, reply) => {
    const refusal = new VendorError(
      'ERR_API_NOT_FOUND',
      `The emulator has no ${request.method} ${request.url.split('?')[0]}.`,
    );
    return reply.code(refusal.statusCode).send(refusal.body);
  });
}

/** A logout has nothing to say, and says so as JSON: Fastify would refuse that. */
function readEmptyAsNone(app: FastifyInstance): void {
  const parse = app.getDefaultJsonParser('error', 'error');
  app.addContentTypeParser<string>('application/json', { parseAs: 'string' }, (request, text, done) => {
    if (text === '') done(null, null);
    else parse(request, text, done);
  });
}

/** As the browser sees us: behind a proxy that ends TLS only the server knows that the page may open no plain socket. */
function socketOriginOf(request: FastifyRequest, { originOf }: RestOptions): string {
  const own = `${request.protocol}://${request.host}`;
  const seen = request.protocol === 'https' || !originOf ? own : originOf(request.headers);
  return seen.replace(/^http/, 'ws');
}
