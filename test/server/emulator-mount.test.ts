import fastify, { type FastifyInstance } from 'fastify';
import { expect, it } from 'vitest';
import { mountEmulator } from '../../src/server/emulator-mount.ts';

const routes = async (scope: FastifyInstance) => {
  scope.get('/v3.0/call_tokens', async () => 'here');
  scope.setErrorHandler((_error, _request, reply) => reply.code(500).send('in the words of the vendor'));
  scope.setNotFoundHandler((_request, reply) => reply.code(404).send('in the words of the vendor'));
};

it.each([
  ['127.0.0.1', 200],
  ['127.5.0.1', 200],
  ['::1', 200],
  ['::ffff:127.0.0.1', 200],
  ['192.168.0.7', 404],
  ['::ffff:192.168.0.7', 404],
  ['fd00::1', 404],
])('serves the emulator to %s with %i', async (remoteAddress, status) => {
  const app = fastify();
  await mountEmulator(app, { routes, handleUpgrade: () => false });
  const { statusCode } = await app.inject({ url: '/cometchat/v3.0/call_tokens', remoteAddress });
  expect(statusCode).toBe(status);
});

it.each([
  ['what is there', '/cometchat/v3.0/call_tokens', 200],
  ['what is not', '/cometchat/v3/nothing', 404],
])('answers 429 to a flood of %s', async (_, url, status) => {
  const app = fastify();
  await mountEmulator(app, { routes, handleUpgrade: () => false }, { visits: 1, api: 1 });
  const call = () => app.inject({ url, remoteAddress: '127.0.0.1' });
  for (let count = 0; count < 10; count += 1) expect((await call()).statusCode).toBe(status);
  const refused = await call();
  expect({ status: refused.statusCode, code: refused.json().code }).toEqual({
    status: 429,
    code: 'RATE_LIMITED',
  });
});
