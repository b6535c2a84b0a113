import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { onTestFinished } from 'vitest';
import { type RunningServer, type ServerOptions, startServer } from '../../src/cli/compose.ts';
import { describeOwnApp, type OwnApp } from '../../src/cli/own-app.ts';
import type { Emulator } from '../../src/emulator/emulator.ts';
import { findBrowser } from '../../src/smoke/browser/find-browser.ts';
import { launchBrowser } from '../../src/smoke/browser/launch.ts';
import { watchPage } from './page-watch.ts';

export interface Meeting {
  readonly sessionId: string;
  readonly url: string;
}

/** A real server and a real browser, for the tests of one file. */
export interface House {
  readonly url: string;
  /** What `meet serve --keys` prints for users' own apps. */
  readonly ownApp: OwnApp;
  readonly browser: Browser;
  readonly emulator: Emulator;
  readonly emulatorKeys: RunningServer['emulatorKeys'];
  readonly adminKey: string;
  createMeeting(body?: object): Promise<Meeting>;
  manage(method: 'POST' | 'PATCH' | 'DELETE', path: string, body?: object): Promise<Record<string, string>>;
  /** A tab of its own profile. `as` proposes a uid, `prepare` is there before the page loads. */
  visit(url: string, options?: VisitOptions): Promise<Page>;
  close(): Promise<void>;
}

export interface VisitOptions extends BrowserContextOptions {
  readonly as?: string;
  /** Another one than the house's own. */
  readonly browser?: Browser;
  prepare?(page: Page): Promise<unknown>;
}

/** `tls`: as `meet serve --tls`; `emulator`: other limits than the usual ones; `more`: settings of the server. */
export async function openHouse(
  env: Record<string, string> = {},
  tls = false,
  emulator: NonNullable<ServerOptions['emulator']> = {},
  more: Partial<ServerOptions> = {},
): Promise<House> {
  const folder = await mkdtemp(join(tmpdir(), 'meet-page-'));
  const dataDir = join(folder, '.meet');
  const server = await startServer({
    dataDir,
    projectDir: folder,
    env,
    port: 0,
    https: tls,
    emulator,
    ...more,
  });
  const found = findBrowser({ env: process.env });
  if (!found) throw new Error('no browser was found; npm test installs one');
  const browser = await launchBrowser({ browser: found, headed: false, loopbackOnly: true });
  const ownApp = describeOwnApp(server, { keys: true });
  if (!ownApp || !server.emulator) throw new Error('the server has no emulator');
  const manage: House['manage'] = (method, path, body) => askServer(server, method, path, body);
  return {
    url: server.url,
    ownApp,
    browser,
    emulator: server.emulator,
    emulatorKeys: server.emulatorKeys,
    adminKey: server.adminKey,
    manage,
    createMeeting: async (body = {}) => (await manage('POST', '/api/meetings', body)) as unknown as Meeting,
    visit: (url, options = {}) => visit(options.browser ?? browser, url, options),
    async close() {
      await browser.close();
      await server.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function visit(browser: Browser, url: string, options: VisitOptions): Promise<Page> {
  const { as, prepare, browser: _, ...context } = options;
  const profile = await browser.newContext({ viewport: { width: 640, height: 480 }, ...context });
  // A call that goes on would take the processor from the next test.
  onTestFinished(() => profile.close());
  const page = await profile.newPage();
  await watchPage(page);
  await prepare?.(page);
  const target = new URL(url);
  if (as) target.searchParams.set('as', as);
  await page.goto(target.href);
  return page;
}

async function askServer(
  server: RunningServer,
  method: string,
  path: string,
  body?: object,
): Promise<Record<string, string>> {
  const response = await fetch(server.url + path, {
    method,
    headers: {
      authorization: `Bearer ${server.adminKey}`,
      ...(body && { 'content-type': 'application/json' }),
    },
    ...(body && { body: JSON.stringify(body) }),
  });
  if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
  return (await response.json()) as Record<string, string>;
}
