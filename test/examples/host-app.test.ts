import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it, onTestFinished } from 'vitest';
import { startServer } from '../../src/cli/compose.ts';
import { listenFor } from '../server/issuer.ts';

const example = fileURLToPath(new URL('../../examples/host-app/app.mjs', import.meta.url));
const docs = readFileSync(new URL('../../docs/identity.md', import.meta.url), 'utf8');

/** Runs the example, and gives its address. */
async function startExample(env: Record<string, string>): Promise<string> {
  const child = spawn(process.execPath, [example], { env, stdio: ['ignore', 'pipe', 'inherit'] });
  onTestFinished(() => void child.kill());
  const [line] = await once(child.stdout, 'data', { signal: AbortSignal.timeout(15_000) });
  return String(line).trim();
}

async function startMeet(keys: URL) {
  const folder = mkdtempSync(join(tmpdir(), 'meet-host-app-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const server = await startServer({
    dataDir: join(folder, '.meet'),
    projectDir: folder,
    port: 0,
    env: {
      MEET_JWKS_URL: keys.href,
      MEET_JWT_ISSUER: 'https://app.example.com',
      MEET_JWT_AUDIENCE: 'meet',
      MEET_GUESTS: 'off',
    },
  });
  onTestFinished(() => server.stop());
  return server;
}

async function post(url: string, bearer: string, body: object) {
  const headers = {
    'content-type': 'application/json',
    ...(bearer && { authorization: `Bearer ${bearer}` }),
  };
  const answer = await fetch(url, { method: 'POST', headers, body: JSON.stringify(body) });
  return { status: answer.status, body: (await answer.json()) as { token: string } };
}

it('the example of a host application lets its users in, here and there', async () => {
  let app = '';
  // Each of both is told the other's address as it starts.
  const keys = await listenFor(async (_, response) => {
    response.end(await (await fetch(`${app}/jwks.json`)).text());
  });
  const { url, adminKey } = await startMeet(keys);
  app = await startExample({ PORT: '0', MEET: url, MEET_ADMIN_KEY: adminKey });
  const team = { strategy: 'team', id: 'core', hosts: ['alice'] };
  expect((await post(`${url}/api/meetings`, adminKey, team)).status).toBe(201);

  const there = await fetch(`${app}/join/team-core`, { redirect: 'manual' });
  const invite = there.headers.get('location')?.split('#invite=')[1];
  expect(there.status).toBe(302);
  const identity = await post(`${url}/api/identity`, '', { invite });
  expect(identity.body).toMatchObject({ user: { uid: 'alice', name: 'Alice Adams' } });
  const joined = await post(`${url}/api/meetings/team-core/authorize`, identity.body.token, {});
  expect(joined.body).toMatchObject({ ok: true, role: 'host' });

  const here = await fetch(`${app}/token/team-core`);
  expect(here.status).toBe(200);
  expect(await here.json()).toMatchObject({
    user: { uid: 'alice' },
    role: 'host',
    authToken: expect.any(String),
  });
});

it('keys that are new have a kid that is new', async () => {
  const env = { PORT: '0', MEET_ADMIN_KEY: 'k' };
  const apps = [await startExample(env), await startExample(env)];
  const kids = await Promise.all(
    apps.map(async app => {
      const { keys } = (await (await fetch(`${app}/jwks.json`)).json()) as { keys: { kid: string }[] };
      return keys.map(({ kid }) => kid);
    }),
  );
  expect(kids.flat()).toHaveLength(2);
  expect(new Set(kids.flat()).size).toBe(2);
});

it.each([
  ['a bad port', { PORT: 'http' }, 'host-app: PORT must be a number up to 65535.\n'],
  ['a bad address', { MEET: 'meet.example.com/x y' }, 'host-app: MEET must be the address of the server'],
  ['no admin key', { MEET_ADMIN_KEY: '' }, 'host-app: set MEET_ADMIN_KEY, to what is in .meet/admin-key'],
  ['a taken port', {}, 'host-app: cannot listen on port'],
])('the example says in a line what is wrong with %s', async (_, wrong, line) => {
  const taken = await listenFor((_request, response) => void response.end());
  const env = { PORT: taken.port, MEET_ADMIN_KEY: 'k', ...wrong };
  const { status, stderr } = await run(env);
  expect(status).toBe(1);
  expect(stderr).toContain(line);
  expect(stderr.match(/\n/g)).toHaveLength(1);
});

async function run(env: Record<string, string>) {
  const child = spawn(process.execPath, [example], { env, stdio: ['ignore', 'ignore', 'pipe'] });
  onTestFinished(() => void child.kill());
  let stderr = '';
  child.stderr.setEncoding('utf8').on('data', chunk => {
    stderr += chunk;
  });
  const [status] = await once(child, 'close', { signal: AbortSignal.timeout(15_000) });
  return { status, stderr };
}

it('the documentation shows it as it is', () => {
  const source = readFileSync(example, 'utf8');
  const [, quoted = ''] = docs.match(/```js\n([\s\S]*?)```/) ?? [];
  expect(quoted).not.toBe('');
  expect(source).toContain(quoted.trimEnd());
});
