import type { FastifyInstance } from 'fastify';
import { HttpRefusal, sendError } from './refusal.ts';
import { isEncrypted, isLocal } from './remote.ts';
import { AUTHORITY_PATH } from './routes/authority.ts';

/** For programs that look whether we live, and for devices that do not trust us yet: what they load is no secret. */
const OPEN = new Set(['/healthz', '/readyz', AUTHORITY_PATH]);

const HTTPS_ONLY = 'From other machines this is served by https only; ask there.';

/** Asked with keys and tokens: whoever sent one unencrypted shall notice, not be led on. */
const NEVER_LED_ON = /^\/(api|cometchat|xmpp-websocket|colibri-ws|metrics)(\/|$)/;

/**
 * Leads visitors from other machines from http to https, where pages have a camera; refuses the API to them, over which
 * keys and tokens would pass for everybody on the network to read. This machine's own are served either way.
 */
export function requireHttps(app: FastifyInstance): void {
  app.addHook('onRequest', async (request, reply) => {
    if (isEncrypted(request) || isLocal(request)) return;
    const [path = ''] = request.url.split('?', 1);
    if (OPEN.has(path)) return;
    const reads = request.method === 'GET' || request.method === 'HEAD';
    if (!reads || NEVER_LED_ON.test(path)) {
      return sendError(reply, new HttpRefusal('HTTPS_REQUIRED', HTTPS_ONLY));
    }
    // Its name was checked before; the fragment, with a link's key in it, stays in the browser and goes along.
    return reply.redirect(`https://${request.headers.host}${request.url}`, 308);
  });
}
