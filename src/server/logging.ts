import type { FastifyInstance, FastifyReply, FastifyRequest, FastifyServerOptions } from 'fastify';
import { maskSecrets } from '../core/mask-secrets.ts';

// pino's paths are case-sensitive; Node has lower-cased the names of incoming headers.
const SECRET_HEADERS = ['authorization', 'meet-key', 'apikey', 'authtoken', 'calltoken', 'cookie'];

/**
 * Takes the values out of a query: the SDK puts a token into the URL of its WebSocket, and people paste what they should not.
 * Of ours none tells more than its path and its fields' names. Whoever encodes the # of a link has its key in the path.
 */
export function withoutValues(url: string): string {
  const [asked = '', query] = url.split(/\?(.*)/s, 2);
  const path = maskSecrets(asked);
  if (query === undefined) return path;
  const fields = query.split('&').map(field => (field.includes('=') ? field.replace(/=.*/s, '=***') : '***'));
  return `${path}?${fields.join('&')}`;
}

interface LoggedRequest {
  readonly method: string;
  readonly url: string;
  readonly host: string;
  readonly ip: string;
}

/** Settings of Fastify's logger: off unless asked for, and never a secret in a line. */
export function loggerOptions(
  log: { level: string; write?: (line: string) => void } | undefined,
): FastifyServerOptions['logger'] {
  if (!log) return false;
  const { level, write } = log;
  return {
    level,
    ...(write && { stream: { write } }),
    redact: {
      paths: SECRET_HEADERS.flatMap(name => [
        `headers["${name}"]`,
        `req.headers["${name}"]`,
        `*.headers["${name}"]`,
      ]),
      censor: '***',
    },
    serializers: {
      req: ({ method, url, host, ip }: LoggedRequest) => ({ method, url: withoutValues(url), host, ip }),
    },
  };
}

/** Probes ask every few seconds, and their answers are in the metrics. */
const PROBES = new Set(['/healthz', '/readyz', '/metrics']);

/** Logs every answer in one line, whose fields docs/operations.md lists. */
export function logAnswers(app: FastifyInstance): void {
  app.addHook('onResponse', async (request, reply) => {
    const { url: route } = request.routeOptions;
    const level = reply.statusCode >= 500 ? 'error' : PROBES.has(route ?? '') ? 'debug' : 'info';
    request.log[level](factsOf(request, reply), 'answered');
  });
}

function factsOf(request: FastifyRequest, reply: FastifyReply) {
  const { method, url, host, ip } = request;
  const { id } = (request.params ?? {}) as { id?: string };
  const isOfSession = /\/(meetings|sessions)\/:id/.test(request.routeOptions.url ?? '');
  const { sessionId = isOfSession ? id : undefined, uid, proof, role } = request.asked?.facts ?? {};
  return {
    method,
    route: request.routeOptions.url ?? null,
    url: withoutValues(url),
    status: reply.statusCode,
    code: request.refusedWith ?? 'ok',
    why: request.refusedWhy ?? undefined,
    ms: Math.round(reply.elapsedTime * 10) / 10,
    host,
    ip,
    sessionId: sessionId && maskSecrets(sessionId),
    uid: uid && maskSecrets(uid),
    proof,
    role,
  };
}
