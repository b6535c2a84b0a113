import type { FastifyPluginAsync } from 'fastify';
import type { LinkedApps } from '../../core/app-links.ts';
import type { AppContext } from '../context.ts';
import { HttpRefusal } from '../refusal.ts';

/** What Android asks for, to see which apps may open our links. */
const ASSET_LINKS = '/.well-known/assetlinks.json';
/** The same for Apple's systems; it has no ending. */
const APPLE_SITE = '/.well-known/apple-app-site-association';

/** The systems ask seldom, and keep the answer for days. */
const HOUR = 'public, max-age=3600';

/** Which apps open links to our meetings. Without an app there is nothing to tell. */
export function wellKnownRoutes({ apps }: AppContext): FastifyPluginAsync {
  return async app => {
    const answer = (path: string, system: 'android' | 'ios', body: object) =>
      app.get(path, { schema: { hide: true } }, (_request, reply) => {
        if (!apps || apps[system].length === 0) throw noApp(system);
        // As bytes, to which Fastify adds no charset: the systems want this very type.
        return reply
          .type('application/json')
          .header('cache-control', HOUR)
          .send(Buffer.from(JSON.stringify(body)));
      });
    answer(ASSET_LINKS, 'android', assetLinks(apps?.android ?? []));
    answer(APPLE_SITE, 'ios', appleSite(apps?.ios ?? []));
  };
}

function noApp(system: string): HttpRefusal {
  return new HttpRefusal(
    'NOT_FOUND',
    `No app is configured; name it in meet.config.json, under apps.${system}.`,
  );
}

/** @see https://developer.android.com/training/app-links/configure-assetlinks */
function assetLinks(apps: LinkedApps['android']): object {
  return apps.map(({ package: package_name, fingerprints }) => ({
    relation: ['delegate_permission/common.handle_all_urls'],
    target: { namespace: 'android_app', package_name, sha256_cert_fingerprints: fingerprints },
  }));
}

/**
 * The form of iOS 13 and later; older ones, which knew `paths`, run no app with this SDK.
 * @see https://developer.apple.com/documentation/bundleresources/applinks
 */
function appleSite(apps: LinkedApps['ios']): object {
  const appIDs = apps.map(({ teamId, bundleId }) => `${teamId}.${bundleId}`);
  return { applinks: { details: [{ appIDs, components: [{ '/': '/meet/*', comment: 'Meetings' }] }] } };
}
