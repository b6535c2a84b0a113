import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import type { SmokeServer } from '../../src/smoke/scene.ts';

/** Changes an answer on its way, or leaves it with null. */
export type Tamper = (
  request: { readonly path: string; readonly body: string },
  answer: { readonly status: number; readonly body: string },
) => { readonly status: number; readonly body: string } | null;

/** Lets the server be asked something else than was asked. */
export type Rewrite = (asked: Asked) => Asked;

export interface Asked {
  readonly method: string;
  readonly path: string;
  readonly body: string;
}

/** A server whose API lies: a proxy in front of a real one. Links lead past it, to the real page. */
export async function startTamperer(
  server: SmokeServer,
  tamper: Tamper,
  rewrite: Rewrite = asked => asked,
): Promise<SmokeServer> {
  const proxy = createServer((request, response) => {
    // A run that ends cuts requests off, on this side and on the other.
    answer(server, { tamper, rewrite }, request, response).catch(() => response.destroy());
  });
  await new Promise<void>(resolve => proxy.listen(0, '127.0.0.1', resolve));
  return {
    ...server,
    url: `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`,
    async stop() {
      proxy.closeAllConnections();
      proxy.close();
      await server.stop();
    },
  };
}

async function answer(
  server: SmokeServer,
  { tamper, rewrite }: { tamper: Tamper; rewrite: Rewrite },
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { authorization } = request.headers;
  const { method = 'GET', url = '/' } = request;
  const { path, body, ...asked } = rewrite({ method, path: url, body: await text(request) });
  const real = await fetch(new URL(path, server.url), {
    method: asked.method,
    headers: { 'content-type': 'application/json', ...(authorization && { authorization }) },
    ...(body && { body }),
  });
  const honest = { status: real.status, body: await real.text() };
  const told = tamper({ path, body }, honest) ?? honest;
  response.writeHead(told.status, { 'content-type': 'application/json' }).end(told.body);
}
