import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type RunningServer, startServer } from '../../../src/cli/compose.ts';
import { createJudge, type Document, type Operation, operationsOf } from './document.ts';
import { type FuzzRequest, type Hints, requestsFor } from './requests.ts';

const SEED = 20_261_122;
const EACH = 70;
const AT_ONCE = 8;

let server: RunningServer;
let folder: string;
const failures: unknown[] = [];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'meet-fuzz-'));
  server = await startServer({
    dataDir: join(folder, '.meet'),
    projectDir: folder,
    env: { MEET_RATE_LIMIT: '1000000' },
    port: 0,
    onFailure: error => failures.push(error),
  });
});

afterAll(async () => {
  await server?.stop();
  await rm(folder, { recursive: true, force: true });
});

async function ask(path: string, token: string | undefined, body?: object) {
  const response = await fetch(`${server.local}${path}`, {
    method: body ? 'POST' : 'GET',
    headers: {
      ...(token && { authorization: `Bearer ${token}` }),
      ...(body && { 'content-type': 'application/json' }),
    },
    ...(body && { body: JSON.stringify(body) }),
  });
  return response.json() as Promise<Record<string, string>>;
}

/** One that hurts nobody else. */
const FAULT = { uid: 'nobody-here', loss: 5 };

const keyIn = (url = '', name = 'key') => new URLSearchParams(new URL(url).hash.slice(1)).get(name) ?? '';

/** New for each operation: the one before may have ended every meeting there was. */
async function makeHints(): Promise<Hints> {
  const admin = server.adminKey;
  const open = await ask('/api/meetings', admin, {});
  const keyed = await ask('/api/meetings', admin, {
    strategy: 'stable',
    prefix: 'fuzz',
    id: '1',
    reopen: true,
  });
  const invited = await ask(`/api/meetings/${open.sessionId}/invites`, admin, { uid: 'bob', role: 'host' });
  const invite = keyIn(invited.url, 'invite');
  const people = [
    await ask('/api/identity', undefined, { uid: 'alice' }),
    await ask('/api/identity', undefined, { invite }),
  ];
  const tokens = people.map(({ token }) => token ?? '');
  const code = await ask('/api/admin/code', admin, {});
  const fault = await ask('/api/faults', admin, FAULT);
  const key = keyIn(keyed.url);
  const future = new Date(Date.now() + 3_600_000).toISOString();
  return {
    fields: {
      id: [open.sessionId, keyed.sessionId, fault.id, 'nowhere'],
      'meet-key': [key],
      key: [key, 'wrong'],
      invite: [invite],
      code: [code.code, 'wrong'],
      uid: ['alice', 'bob'],
      name: ['Alice'],
      title: ['A title'],
      startsAt: [future],
      expiresAt: [new Date(Date.now() + 7_200_000).toISOString()],
      expiresIn: ['1h', '2d'],
      extendBy: ['1h'],
      grace: ['1m', '0s'],
      zone: ['Europe/Berlin', 'UTC'],
      hours: ['Mon-Fri 9:00-17:00'],
      strategy: ['uuid', 'stable', 'team', 'time'],
      prefix: ['room'],
      bucket: ['day'],
      follow: ['false'],
    },
    bodies: {
      'POST /api/meetings': [{}, { title: 'A title' }],
      'POST /api/faults': [FAULT],
      'POST /api/admin/session': [{ code: code.code }],
      'POST /api/meetings/{id}/end': [{}],
      'POST /api/meetings/{id}/kick': [{ uid: 'alice' }],
      'POST /api/meetings/{id}/revoke': [{ uid: 'alice' }],
      'POST /api/meetings/{id}/invites': [{ uid: 'alice' }],
    },
    tokens: [
      admin,
      admin,
      admin,
      admin,
      ...tokens,
      ...tokens,
      `${tokens[0]}x`,
      'eyJhbGciOiJub25lIn0.eyJraW5kIjoiYWRtaW4ifQ.',
    ],
  };
}

async function send({ method, path, headers, body }: FuzzRequest) {
  const response = await fetch(`${server.local}${path}`, {
    method,
    headers,
    redirect: 'manual',
    signal: AbortSignal.timeout(15_000),
    ...(body !== undefined && { body }),
  });
  const type = response.headers.get('content-type') ?? '';
  // Streams may go on for ever.
  const streams = /event-stream|ndjson/.test(type);
  const text = streams ? '' : await response.text();
  if (streams) await response.body?.cancel();
  return { status: response.status, type, text, cookie: response.headers.get('set-cookie') };
}

async function inLanes<T>(items: readonly T[], run: (item: T) => Promise<void>): Promise<void> {
  const rest = [...items];
  const lane = async () => {
    for (let item = rest.shift(); item !== undefined; item = rest.shift()) await run(item);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, lane));
}

const tell = ({ method, path, headers, body }: FuzzRequest) =>
  `${method} ${path.slice(0, 200)} ${JSON.stringify(headers).replaceAll(server.adminKey, '(admin)').slice(0, 300)} ${body?.slice(0, 200)}`;

it('every route of the OpenAPI document takes whatever comes, and answers as described', async () => {
  const document = (await (await fetch(`${server.local}/openapi.json`)).json()) as Document;
  const judge = createJudge(document);
  // What misbehaves on purpose comes last, and is taken back.
  const operations = operationsOf(document).sort(
    (a, b) => Number(/faults/.test(a.path)) - Number(/faults/.test(b.path)),
  );
  const wrong: string[] = [];
  const seen = new Map<Operation, Set<number>>();
  let sent = 0;
  for (const operation of operations) {
    const statuses = new Set<number>();
    seen.set(operation, statuses);
    const requests = fc.sample(requestsFor(operation, await makeHints()), { seed: SEED, numRuns: EACH });
    await inLanes(requests, async request => {
      const { status, type, text, cookie } = await send(request);
      sent += 1;
      const usual = request.method === operation.method;
      if (usual) statuses.add(status);
      const said = usual ? judge(operation, status, type, text) : null;
      if (status >= 500) wrong.push(`${status} ${text} for ${tell(request)}`);
      if (said) wrong.push(`${said} for ${tell(request)}`);
      if (cookie) wrong.push(`a cookie for ${tell(request)}`);
    });
    server.emulator?.faults.clear();
  }
  process.stdout.write(`fuzz: seed ${SEED}, ${sent} requests to ${operations.length} operations\n`);
  expect(wrong).toEqual([]);
  expect(failures).toEqual([]);
  // It got behind the checks of every one, and every one refused something; those without parameters have nothing to refuse.
  const lazy = [...seen].filter(([{ parameters, body }, statuses]) => {
    const has = (from: number) => [...statuses].some(status => Math.floor(status / 100) === from);
    return !has(2) || (!has(4) && (parameters.length > 0 || body !== null));
  });
  expect(lazy.map(([{ method, path }, statuses]) => `${method} ${path}: ${[...statuses]}`)).toEqual([]);
}, 60_000);

/** What the document does not describe: for browsers, for machines, and the emulator's, in the vendor's words. */
const OTHERS = [
  ...[
    '/',
    '/meet/{id}',
    '/metrics',
    '/openapi.json',
    '/ca.crt',
    '/meet-shim.js',
    '/{id}',
    '/sdk/{id}',
    '/assets/{id}',
  ],
  ...[
    '/.well-known/assetlinks.json',
    '/.well-known/apple-app-site-association',
    '/.well-known/{id}',
    '/api/{id}',
  ],
].map(path => ['GET', path] as const);

const EMULATED = [
  ['POST', '/cometchat/v3/users'],
  ['PUT', '/cometchat/v3/users/{id}'],
  ['POST', '/cometchat/v3/users/{id}/auth_tokens'],
  ['POST', '/cometchat/v3.0/users/{id}/auth_tokens'],
  ['POST', '/cometchat/v3.0/call_tokens'],
  ['GET', '/cometchat/v3.0/call_tokens'],
  ['PUT', '/cometchat/v3.0/me'],
  ['DELETE', '/cometchat/v3.0/me'],
  ['GET', '/cometchat/{id}'],
  ['GET', '/xmpp-websocket'],
] as const;

const ANY: Document['components']['schemas'][string] = {
  type: 'object',
  properties: Object.fromEntries(
    ['uid', 'name', 'sessionId', 'platform', 'deviceId', 'force'].map(name => [name, { type: 'string' }]),
  ),
};

it('and so does every other address', async () => {
  const hints = await makeHints();
  const wrong: string[] = [];
  let sent = 0;
  for (const [method, path] of [...OTHERS, ...EMULATED]) {
    const parameters = path.includes('{id}') ? [{ in: 'path', name: 'id', schema: {} } as const] : [];
    const named = ['apikey', 'authtoken', 'calltoken', 'appid'].map(
      name => ({ in: 'header', name, schema: {} }) as const,
    );
    const operation = {
      method,
      path,
      parameters: [...parameters, ...named],
      body: method === 'GET' ? null : ANY,
    };
    const keys = { apikey: [server.emulatorKeys.apiKey], ...hints.fields };
    const requests = fc.sample(requestsFor(operation, { ...hints, fields: keys }), {
      seed: SEED,
      numRuns: 25,
    });
    await inLanes(requests, async request => {
      const { status, text, cookie } = await send(request);
      sent += 1;
      if (status >= 500 || cookie) wrong.push(`${status} ${text.slice(0, 200)} for ${tell(request)}`);
    });
  }
  process.stdout.write(
    `fuzz: seed ${SEED}, ${sent} requests to ${OTHERS.length + EMULATED.length} other addresses\n`,
  );
  expect(wrong).toEqual([]);
  expect(failures).toEqual([]);
}, 60_000);
