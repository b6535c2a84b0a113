import type { FastifyServerOptions } from 'fastify';

// pino's paths are case-sensitive; Node has lower-cased the names of incoming headers.
const SECRET_HEADERS = ['authorization', 'meet-key', 'apikey', 'authtoken', 'calltoken', 'cookie'];

/** Takes the value out of `token=…` and the like, which the SDK puts into the URL of its WebSocket. */
function withoutTokens(url: string): string {
  return url.replace(/([?&](?:token|key|invite|authtoken|calltoken|pwd)=)[^&#]*/gi, '$1***');
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
      req: ({ method, url, host, ip }: LoggedRequest) => ({ method, url: withoutTokens(url), host, ip }),
    },
  };
}
