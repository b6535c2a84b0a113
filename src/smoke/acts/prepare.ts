import type { Browser } from 'playwright-core';
import { requireBrowser } from '../browser/find-browser.ts';
import { startBrowserProcess } from '../browser/launch.ts';
import { createApi } from '../doors/api.ts';
import { createMeetings } from '../doors/meetings.ts';
import { invite } from '../doors/visitors.ts';
import { isLocal } from '../pages/fill-in.ts';
import { smokeFailure } from '../phase.ts';
import { type House, type Scene, SECOND, type SmokeOptions, type SmokeServer } from '../scene.ts';

/** Finds and starts the browser. */
export function startBrowser({ options, runner, draft, undo }: Scene): Promise<Browser> {
  return runner.run({
    name: 'browser',
    limitMs: 30 * SECOND,
    async work() {
      const found = requireBrowser(options.browser);
      const { started, end } = startBrowserProcess({
        browser: found,
        headed: options.browser.headed ?? false,
        loopbackOnly: staysLocal(options),
        env: options.browser.env,
      });
      undo(async () => {
        if (!(await end())) throw smokeFailure('the browser did not close and was killed');
      });
      const browser = await started;
      browser.once('disconnected', () => runner.collapse('the browser ended by itself'));
      draft.browser = `${found.name} ${browser.version()}`;
      return { value: browser, detail: draft.browser };
    },
    explain: async () => 'the browser did not answer after it was started',
  });
}

/** Without a cloud nothing leaves this machine, unless the page itself lives elsewhere. */
export function staysLocal({ backend, page }: Pick<SmokeOptions, 'backend' | 'page'>): boolean {
  return backend === 'emulator' && (!page || isLocal(page.url));
}

/** Starts the private server and creates what the run needs on it. */
export async function openHouse(scene: Scene): Promise<House> {
  const server = await startServer(scene);
  const api = createApi(server.url, scene.options.signal);
  return scene.runner.run({
    name: 'create',
    limitMs: 10 * SECOND,
    async work() {
      const meetings = await createMeetings(api, server.adminKey, scene.options.now);
      scene.draft.link = meetings.main.url;
      const visitors = await invite(api, server.adminKey, meetings);
      return {
        value: { server, api, meetings, visitors },
        detail: `${Object.keys(meetings).length} meetings, ${Object.keys(visitors).length} visitors`,
      };
    },
    explain: async () => `the server at ${server.url} does not answer`,
  });
}

function startServer(scene: Scene): Promise<SmokeServer> {
  return scene.runner.run({
    name: 'serve',
    limitMs: 20 * SECOND,
    async work() {
      const server = await bringUpServer(scene);
      // These two alone: who starts the server may know more of its SDK, megabytes of code among it, and reports keep this.
      scene.draft.sdk = { name: server.sdk.name, version: server.sdk.version };
      return { value: server, detail: server.url };
    },
    explain: async () => 'the private server did not start',
  });
}

/** Starts the private server; it stops with the run. */
export async function bringUpServer({ options, watchers, undo }: Scene): Promise<SmokeServer> {
  const starting = options.startServer();
  undo(async () => (await starting.catch(() => null))?.stop());
  const server = await starting;
  for (const watcher of watchers) watcher.onServer?.(server);
  return server;
}
