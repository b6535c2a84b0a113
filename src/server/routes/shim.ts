import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { FastifyPluginAsync } from 'fastify';
import { MeetError } from '../../core/errors.ts';

/** Where users' own apps find the shim; pasted into their pages, so it never changes. */
export const SHIM_PATH = '/meet-shim.js';

/** Serves the shim for SDK v4 to the pages of users' own apps. Throws `BAD_CONFIG` when it is not built. */
export function shimRoutes({ webRoot }: { readonly webRoot: string }): FastifyPluginAsync {
  return async app => {
    const built = await readFile(join(webRoot, 'shim.js'), 'utf8').catch(() => {
      throw new MeetError('BAD_CONFIG', `The shim is not built (${webRoot}); run npm run build.`);
    });
    // The map is not at this address.
    const script = built.replace(/^\/\/# sourceMappingURL=.*$/m, '').trimEnd();
    app.get(SHIM_PATH, { schema: { hide: true } }, (_request, reply) =>
      reply
        // The same for everybody and no secret: a page of any origin may load it.
        .header('cross-origin-resource-policy', 'cross-origin')
        .header('access-control-allow-origin', '*')
        .header('cache-control', 'public, max-age=60')
        .type('text/javascript; charset=utf-8')
        .send(script),
    );
  };
}
