import type { FastifyPluginAsync } from 'fastify';

/** Where devices find the certificate to trust. */
export const AUTHORITY_PATH = '/ca.crt';

/**
 * Serves the certificate of our own authority, never its key. Also by plain http, since nobody trusts us before they have
 * it: its fingerprint, which the terminal prints, is what to compare.
 */
export function authorityRoutes(authority: () => string): FastifyPluginAsync {
  return async app => {
    app.get(AUTHORITY_PATH, { schema: { hide: true } }, (_request, reply) =>
      reply
        // As what phones offer to install (RFC 8555 knows no other, browsers took it from Netscape).
        .header('content-disposition', 'attachment; filename="meet-ca.crt"')
        .header('cache-control', 'no-store')
        .type('application/x-x509-ca-cert')
        .send(`${authority()}\n`),
    );
  };
}
