import { readFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const PAGES = fileURLToPath(new URL('../fixtures/pages', import.meta.url));
const SDK = createRequire(import.meta.url).resolve('@cometchat/calls-sdk-javascript');
const TYPES: Readonly<Record<string, string>> = { '.html': 'text/html', '.js': 'text/javascript' };

/** Answers a request instead of the fixture; false leaves it alone. */
export type Override = (request: IncomingMessage, response: ServerResponse) => boolean;

export interface FixtureApp {
  readonly url: string;
  close(): Promise<void>;
}

/** Serves a page of test/fixtures/pages as somebody's app: its files, and the vendor's SDK at /calls-sdk.js. */
export async function serveFixture(name: string, override: Override = () => false): Promise<FixtureApp> {
  const app = createServer((request, response) => {
    if (override(request, response)) return;
    const { pathname } = new URL(request.url ?? '/', 'http://localhost');
    const file = pathname === '/' ? 'index.html' : pathname.slice(1);
    const type = `${TYPES[extname(file)] ?? 'text/plain'}; charset=utf-8`;
    readFile(pathname === '/calls-sdk.js' ? SDK : join(PAGES, name, file)).then(
      text => response.setHeader('content-type', type).end(text),
      () => response.writeHead(404).end(),
    );
  });
  await new Promise<void>(resolve => app.listen(0, '127.0.0.1', resolve));
  const { port } = app.address() as AddressInfo;
  return {
    url: `http://localhost:${port}/`,
    close() {
      app.closeAllConnections();
      return new Promise(resolve => app.close(() => resolve()));
    },
  };
}
