import fastify, { type FastifyInstance } from 'fastify';
import { expect, it } from 'vitest';
import { mountEmulator } from '../../src/server/emulator-mount.ts';

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
  const routes = async (scope: FastifyInstance) => {
    scope.get('/v3.0/call_tokens', async () => 'here');
  };
  await mountEmulator(app, { routes, handleUpgrade: () => false });
  const { statusCode } = await app.inject({ url: '/cometchat/v3.0/call_tokens', remoteAddress });
  expect(statusCode).toBe(status);
});
