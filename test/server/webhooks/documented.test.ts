import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { signMessage } from '../../../src/server/webhooks/sign.ts';
import { WEBHOOK_SECRET } from './receiver.ts';

const key = Buffer.from(WEBHOOK_SECRET.slice('whsec_'.length), 'base64');
const old = Buffer.alloc(32, 1);

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  server.close();
  await once(server, 'close');
  return port;
}

/** Writes it to a file. */
async function placeDocumented(): Promise<string> {
  const text = await readFile(new URL('../../../docs/webhooks.md', import.meta.url), 'utf8');
  const [, code = ''] = /```js\n([\s\S]*?)```/.exec(text) ?? [];
  const folder = await mkdtemp(join(tmpdir(), 'meet-receiver-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  await writeFile(join(folder, 'receiver.mjs'), code);
  return join(folder, 'receiver.mjs');
}

async function startDocumented() {
  const file = await placeDocumented();
  const port = await freePort();
  const env = { PATH: process.env.PATH, MEET_WEBHOOK_SECRET: WEBHOOK_SECRET, PORT: String(port) };
  const child = spawn(process.execPath, [file], { env, stdio: ['ignore', 'pipe', 'inherit'] });
  let said = '';
  child.stdout.setEncoding('utf8').on('data', chunk => {
    said += chunk;
  });
  onTestFinished(() => void child.kill());
  const send = (headers: Record<string, string>, body: string) =>
    fetch(`http://127.0.0.1:${port}/hooks`, { method: 'POST', headers, body }).then(
      ({ status }) => status,
      () => 0,
    );
  await expect.poll(() => send({}, '{}')).toBe(401);
  return { send, said: () => said };
}

it.each([
  ['no secret', { MEET_WEBHOOK_SECRET: '' }, 'receiver: set MEET_WEBHOOK_SECRET to one secret'],
  ['a bad port', { PORT: '99999' }, 'receiver: PORT must be a number up to 65535.'],
  ['a taken port', {}, 'receiver: cannot listen on port'],
])('the receiver of docs/webhooks.md says in a line what is wrong with %s', async (_, wrong, line) => {
  const taken = createServer().listen(0, '127.0.0.1');
  onTestFinished(() => void taken.close());
  await once(taken, 'listening');
  const { port } = taken.address() as { port: number };
  const env = { MEET_WEBHOOK_SECRET: WEBHOOK_SECRET, PORT: String(port), ...wrong };
  const file = await placeDocumented();
  const { status, stderr } = spawnSync(process.execPath, [file], { env, encoding: 'utf8', timeout: 15_000 });
  expect(status).toBe(1);
  expect(stderr).toContain(line);
  expect(stderr.match(/\n/g)).toHaveLength(1);
});

it('the receiver of docs/webhooks.md takes what is ours, once, and nothing else', async () => {
  const { send, said } = await startDocumented();
  const eventId = 'msg_1';
  const body = JSON.stringify({
    id: eventId,
    type: 'person.joined',
    data: { sessionId: 'room-42', uid: 'Zoë' },
  });
  const now = Date.now();
  const sign = (secrets: readonly Buffer[], at = now) => signMessage({ eventId, body }, secrets, at);
  expect(await send(sign([key]), body)).toBe(204);
  // A second attempt of ours, while the secret changes.
  expect(await send(sign([old, key]), body)).toBe(204);
  expect(await send(sign([key]), body.replace('Zoë', 'Eve'))).toBe(401);
  expect(await send({ ...sign([key]), 'webhook-id': 'msg_2' }, body)).toBe(401);
  expect(await send(sign([old]), body)).toBe(401);
  expect(await send(sign([key], now - 301_000), body)).toBe(401);
  await expect.poll(said).toBe('person.joined room-42 Zoë\n');
});
