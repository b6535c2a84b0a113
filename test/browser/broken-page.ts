import { mkdtemp, rm } from 'node:fs/promises';
import type { ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { startServer } from '../../src/cli/compose.ts';
import { describeOwnApp } from '../../src/cli/own-app.ts';
import type { SmokeOptions } from '../../src/smoke/scene.ts';
import { planFor } from '../fixtures/pages/plan.ts';
import { serveFixture } from './fixture-app.ts';
import { failureOf, runBroken } from './smoke-run.ts';

/** The emulator that the broken pages' app uses, for the tests of one file. */
export interface Backend {
  run(fault: string, options?: Partial<SmokeOptions>): Promise<ReturnType<typeof failureOf>>;
  close(): Promise<void>;
}

/** Runs the vendor's page with one thing broken in it; '' for nothing. */
export async function openBackend(): Promise<Backend> {
  const folder = await mkdtemp(join(tmpdir(), 'meet-broken-page-'));
  const server = await startServer({ dataDir: join(folder, '.meet'), projectDir: folder, env: {}, port: 0 });
  const app = describeOwnApp(server, { keys: false });
  if (!app) throw new Error('the server has no emulator');
  const { url, adminKey, sdk } = server;
  return {
    async run(fault, options = {}) {
      const page = await serveFixture('vendor', ({ url: path = '' }, response) => {
        const name = path.split('?', 1)[0];
        if (name === '/' && fault === 'page-500') return answer(response, 500, 'text/plain', 'broken');
        if (name === '/' && fault in POLICIES)
          response.setHeader('permissions-policy', POLICIES[fault] ?? '');
        if (name === '/calls-sdk.js' && fault === 'no-sdk') return answer(response, 404, 'text/plain', '');
        if (name === '/config.js') {
          const config = { appId: app.appId, region: app.region, host: app.setHost };
          const shim = fault === 'no-shim' ? '' : `document.write('<script src="${app.shim}"></script>');`;
          const script = `window.CONFIG = ${JSON.stringify(config)}; window.FAULT = '${fault}'; ${shim}`;
          return answer(response, 200, 'text/javascript', script);
        }
        if (name !== '/token') return false;
        if (fault === 'no-token') return answer(response, 403, 'application/json', '{}');
        const uid = new URL(path, url).searchParams.get('uid') ?? '';
        void login(app.host.replace(/\.0$/, ''), uid, server.emulatorKeys.apiKey).then(token =>
          answer(response, 200, 'application/json', JSON.stringify({ authToken: token })),
        );
        return true;
      });
      onTestFinished(() => page.close());
      const report = await runBroken({
        options: {
          page: planFor(`${page.url}?session={sessionId}&uid={uid}`),
          startServer: async () => ({ url, adminKey, sdk, moveClock() {}, stop: async () => {} }),
          ...options,
        },
      });
      return failureOf(report);
    },
    async close() {
      await server.stop();
      await rm(folder, { recursive: true });
    },
  };
}

const POLICIES: Readonly<Record<string, string>> = {
  'devices-denied': 'camera=(), microphone=()',
  'camera-denied': 'camera=()',
};

/** As the app's own server does it. */
async function login(base: string, uid: string, apikey: string): Promise<string> {
  const answered = await fetch(`${base}/users/${uid}/auth_tokens`, { method: 'POST', headers: { apikey } });
  return ((await answered.json()) as { data: { authToken: string } }).data.authToken;
}

function answer(response: ServerResponse, status: number, type: string, body: string): true {
  response.writeHead(status, { 'content-type': type }).end(body);
  return true;
}
