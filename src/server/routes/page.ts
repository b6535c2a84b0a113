import { negotiate } from '@fastify/accept-negotiator';
import fastifyStatic, { type SetHeadersResponse } from '@fastify/static';
import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify';
import { createCompressed, ENCODINGS } from '../compressed.ts';
import type { AppContext } from '../context.ts';
import { type HeaderOptions, HOME_PERMISSIONS, HOME_POLICY, PERMISSIONS, pagePolicy } from '../headers.ts';
import { loadPage } from '../page.ts';
import { isEncrypted } from '../remote.ts';

// What a browser loads of an SDK. Its folder may lie in somebody's project, beside things that are not for the web.
const SDK_FILE = /\.(js|mjs|css|map|json|wasm|tflite|woff2?|ttf|svg|png|jpe?g|gif|mp3|ogg|wav)$/;

/** Their addresses change with their content. */
const FOREVER = {
  maxAge: '1y',
  immutable: true,
  cacheControl: true,
  // Which of the forms on the disk is sent depends on the request (RFC 9110, 12.5.5).
  setHeaders: (reply: SetHeadersResponse) => reply.setHeader('vary', 'accept-encoding'),
} as const;
const FOREVER_HEADER = 'public, max-age=31536000, immutable';

/** The home page, the join page, which is the same for every id, their files, and the SDK's. */
export function pageRoutes(context: AppContext, headers: HeaderOptions): FastifyPluginAsync {
  return async app => {
    const { webRoot, sdk, emulatorOn, apps } = context;
    const page = await loadPage(webRoot, sdk, emulatorOn ? 'emulator' : 'cloud', apps);

    await app.register(fastifyStatic, {
      root: webRoot,
      prefix: page.assetsPath,
      index: false,
      allowedPath: path => !path.endsWith('.html'),
      // The build leaves them beside the files.
      preCompressed: true,
      ...FOREVER,
    });
    await app.register(fastifyStatic, {
      root: sdk.folder,
      prefix: page.sdkPath,
      index: false,
      // A single file that was named with --sdk brings nothing else from its folder.
      allowedPath: path =>
        sdk.source === 'path' ? isNamed(path, sdk.script, sdk.style) : SDK_FILE.test(path),
      decorateReply: false,
      ...FOREVER,
    });

    const compressed = createCompressed(sdk.bytes);
    app.get(
      page.sdkPath + encodeURIComponent(sdk.script),
      { schema: { hide: true } },
      async ({ headers, socket }, reply) => {
        reply.headers({ 'cache-control': FOREVER_HEADER, vary: 'accept-encoding' });
        reply.type('text/javascript; charset=utf-8');
        const encoding = negotiate(headers['accept-encoding'] ?? '', ENCODINGS);
        if (!encoding) return sdk.bytes;
        const bytes = compressed.in(encoding);
        // On the same machine the whole file is there sooner than the first one is compressed.
        const isNear = socket.remoteAddress === socket.localAddress;
        if (isNear && !compressed.isReady(encoding)) return sdk.bytes;
        reply.header('content-encoding', encoding);
        return bytes;
      },
    );

    const send = (request: FastifyRequest, reply: FastifyReply) => {
      const origin = context.hosts.originOf(request.headers, isEncrypted(request));
      return reply
        .header('content-security-policy', pagePolicy(headers, origin))
        .header('permissions-policy', PERMISSIONS)
        .header('cache-control', 'no-store')
        .type('text/html; charset=utf-8')
        .send(page.html);
    };

    for (const path of ['/meet/:id', '/meet/:id/']) app.get(path, { schema: { hide: true } }, send);
    app.get('/', { schema: { hide: true } }, (_request, reply) =>
      reply
        .header('content-security-policy', HOME_POLICY)
        .header('permissions-policy', HOME_PERMISSIONS)
        .header('cache-control', 'no-store')
        .type('text/html; charset=utf-8')
        .send(page.home),
    );
  };
}

function isNamed(path: string, ...names: (string | null)[]): boolean {
  return names.some(name => name !== null && path === `/${name}`);
}
