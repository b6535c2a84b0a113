import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { ServerResponse } from 'node:http';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished } from 'vitest';
import type { RunningServer } from '../../src/cli/compose.ts';
import { createEmulation } from '../../src/smoke/browser/emulate.ts';
import { createLinter } from '../../src/smoke/lint/linter.ts';
import type { Person } from '../../src/smoke/people/person.ts';
import type { SmokeReport } from '../../src/smoke/report/report.ts';
import type { SmokeServer } from '../../src/smoke/scene.ts';
import { planFor } from '../fixtures/pages/plan.ts';
import { serveFixture } from './fixture-app.ts';
import { type Breakage, runBroken } from './smoke-run.ts';

const dist = (file: string) => fileURLToPath(new URL(`../../dist/${file}`, import.meta.url));

export interface RulesRun {
  /** Which rule the page breaks; none where it is left out. */
  readonly fault?: string;
  /** The server lets everybody in, to sessions that nobody made too. */
  readonly openHouse?: boolean;
  readonly host?: string;
  readonly breakage?: Breakage;
}

/** A whole run of the page in test/fixtures/pages/rules, with the vendor's SDK on the emulator, under the lint. */
export async function runRules({
  fault = '',
  openHouse,
  host,
  breakage = {},
}: RulesRun): Promise<SmokeReport> {
  const made = new Set<string>();
  const tokens = createTokenWatch();
  let server: RunningServer | undefined;
  const app = await serveFixture('rules', ({ url = '' }, response) => {
    const { pathname, searchParams } = new URL(url, 'http://localhost');
    const asked = /^\/api\/sessions\/(.*)\/login$/.exec(pathname)?.[1];
    if (!pathname.startsWith('/api/')) return false;
    if (asked && !openHouse && !made.has(asked)) response.writeHead(404).end();
    else void answerLogin(server, searchParams.get('uid') ?? '', response);
    return true;
  });
  onTestFinished(() => app.close());
  const onServer = (started: SmokeServer) => {
    server = started as RunningServer;
  };
  const emulation = createEmulation(
    () => accessTo(server),
    () => readFile(dist('web/shim.js'), 'utf8'),
  );
  const origin = host ? app.url.replace('localhost', host) : app.url;
  const createSession = async () => {
    const sessionId = randomUUID();
    made.add(sessionId);
    return { sessionId };
  };
  const link = `${origin}?session={sessionId}&uid={uid}&fault=${fault}`;
  const report = await runBroken({
    ...breakage,
    options: {
      page: planFor(link, openHouse ? {} : { createSession }),
      prepare: emulation,
      linter: createLinter(dist('smoke/lint.js'), Date.now),
      watchers: [{ onServer, onPerson: tokens.watch }],
      ...breakage.options,
    },
  });
  expect(tokens.leakedIn(JSON.stringify(report))).toEqual([]);
  return report;
}

/** Every token that the page's SDK sends, so that none can be in what is told. */
function createTokenWatch() {
  const tokens = new Set<string>();
  return {
    watch({ page }: Person) {
      page.on('request', request => {
        const { authtoken = '', calltoken = '' } = request.headers();
        for (const token of [authtoken, calltoken]) if (token.length > 12) tokens.add(token);
      });
    },
    leakedIn: (text: string) => [...tokens].filter(token => text.includes(token)),
  };
}

/** As an app's own server does it, with the key that no page has. */
async function answerLogin(server: RunningServer | undefined, uid: string, response: ServerResponse) {
  const { origin, appId, apiKey } = accessTo(server);
  const url = `${origin}/cometchat/v3/users/${uid}/auth_tokens`;
  const answer = await fetch(url, { method: 'POST', headers: { appId, apiKey } });
  const { data } = (await answer.json()) as { data: { authToken: string } };
  response.setHeader('content-type', 'application/json').end(JSON.stringify({ authToken: data.authToken }));
}

function accessTo(server: RunningServer | undefined) {
  if (!server?.emulatorKeys) throw new Error('the server with the emulator has not started');
  const { appId, apiKey } = server.emulatorKeys;
  return { origin: `http://localhost:${server.port}`, appId, apiKey };
}
