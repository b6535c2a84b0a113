import fastify, { type FastifyInstance } from 'fastify';
import { describe, expect, it } from 'vitest';
import { mountEmulator } from '../../src/server/emulator-mount.ts';
import { createHostPolicy } from '../../src/server/hosts.ts';
import { createOriginPolicy } from '../../src/server/origins.ts';
import type { RateLimits } from '../../src/server/rate-limits.ts';

const routes = async (scope: FastifyInstance) => {
  scope.get('/v3.0/call_tokens', async () => 'here');
  scope.post('/v3.0/call_tokens', async () => 'made');
  scope.setErrorHandler((_error, _request, reply) => reply.code(500).send('in the words of the vendor'));
  scope.setNotFoundHandler((_request, reply) => reply.code(404).send('in the words of the vendor'));
};

async function mounted(limits?: RateLimits): Promise<FastifyInstance> {
  const app = fastify();
  const apps = createOriginPolicy(['https://app.example.com']);
  const hosts = createHostPolicy({ baseUrl: 'http://localhost:4680', allowed: [], apps });
  await mountEmulator(app, { routes, handleUpgrade: () => false }, { hosts, ...(limits && { limits }) });
  return app;
}

it.each([
  ['127.0.0.1', 200],
  ['127.5.0.1', 200],
  ['::1', 200],
  ['::ffff:127.0.0.1', 200],
  ['192.168.0.7', 404],
  ['::ffff:192.168.0.7', 404],
  ['fd00::1', 404],
])('serves the emulator to %s with %i', async (remoteAddress, status) => {
  const app = await mounted();
  const { statusCode } = await app.inject({ url: '/cometchat/v3.0/call_tokens', remoteAddress });
  expect(statusCode).toBe(status);
});

it.each([
  ['what is there', '/cometchat/v3.0/call_tokens', 200],
  ['what is not', '/cometchat/v3/nothing', 404],
])('answers 429 to a flood of %s', async (_, url, status) => {
  const app = await mounted({ visits: 1, api: 1 });
  const call = () => app.inject({ url, remoteAddress: '127.0.0.1' });
  for (let count = 0; count < 10; count += 1) expect((await call()).statusCode).toBe(status);
  const refused = await call();
  expect({ status: refused.statusCode, code: refused.json().code }).toEqual({
    status: 429,
    code: 'RATE_LIMITED',
  });
});

const call = { url: '/cometchat/v3.0/call_tokens', remoteAddress: '127.0.0.1' };
const asked = {
  'access-control-request-method': 'POST',
  'access-control-request-headers': 'appid,authtoken,content-type',
};

describe('an app with an origin of its own', () => {
  it.each(['http://localhost:5173', 'http://127.0.0.1:3000', 'https://app.example.com'])(
    'gets its answers at %s, also the refusals',
    async origin => {
      const app = await mounted();
      for (const url of [call.url, '/cometchat/v3/nothing']) {
        const { headers } = await app.inject({ ...call, url, headers: { origin } });
        expect(headers['access-control-allow-origin']).toBe(origin);
        expect(headers['access-control-allow-credentials']).toBeUndefined();
        expect(headers.vary).toMatch(/origin/i);
      }
    },
  );

  it('may send what the SDKs send', async () => {
    const app = await mounted();
    const headers = { origin: 'http://localhost:5173', ...asked };
    const answer = await app.inject({ ...call, method: 'OPTIONS', headers });
    expect(answer.statusCode).toBe(204);
    expect(answer.headers).toMatchObject({
      'access-control-allow-origin': 'http://localhost:5173',
      'access-control-allow-methods': expect.stringMatching(/POST.*PUT.*DELETE/),
      'access-control-allow-headers': 'appid,authtoken,content-type',
      'access-control-max-age': '600',
    });
  });

  it('can read that it was too fast', async () => {
    const app = await mounted({ visits: 1, api: 1 });
    const ask = () => app.inject({ ...call, headers: { origin: 'http://localhost:5173' } });
    for (let count = 0; count < 10; count += 1) await ask();
    const refused = await ask();
    expect(refused.statusCode).toBe(429);
    expect(refused.headers['access-control-allow-origin']).toBe('http://localhost:5173');
  });

  it.each(['GET', 'POST', 'OPTIONS'] as const)(
    'is refused a %s from elsewhere, before anything happens',
    async method => {
      const app = await mounted();
      for (const origin of ['https://evil.example', 'http://app.example.com', 'null']) {
        const answer = await app.inject({ ...call, method, headers: { origin, ...asked } });
        expect({ status: answer.statusCode, code: answer.json().code }).toEqual({
          status: 403,
          code: 'BAD_ORIGIN',
        });
        expect(answer.headers['access-control-allow-origin']).toBeUndefined();
      }
    },
  );
});

describe('where signalling sockets are opened, plain http', () => {
  const knock = { url: '/xmpp-websocket?token=secret', remoteAddress: '127.0.0.1' };

  it.each(['http://localhost:5173', 'https://app.example.com'])(
    'hears lib-jitsi-meet knock from %s',
    async origin => {
      const { statusCode, headers } = await (await mounted()).inject({ ...knock, headers: { origin } });
      expect([statusCode, headers['access-control-allow-origin']]).toEqual([204, origin]);
    },
  );

  it('hears nobody else', async () => {
    const app = await mounted();
    const statusFor = async (asked: object) => (await app.inject({ ...knock, ...asked })).statusCode;
    expect(await statusFor({ headers: { origin: 'https://evil.example' } })).toBe(403);
    expect(await statusFor({ remoteAddress: '192.168.0.7' })).toBe(404);
  });
});
