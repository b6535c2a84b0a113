import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import rateLimit from '@fastify/rate-limit';
import type { FastifyInstance, FastifyPluginAsync, FastifyPluginCallback } from 'fastify';
import type { HostPolicy } from './hosts.ts';
import type { UpgradeListener } from './listen.ts';
import { DEFAULT_LIMITS, machineLimit, type RateLimits, rateLimitOptions, tooMany } from './rate-limits.ts';
import { answerError, HttpRefusal, sendError } from './refusal.ts';

const STRANGER = [
  'NOT_FOUND',
  'The emulator serves this machine only; set up a CometChat app for others.',
] as const;

/** The part of the emulator that a server mounts. */
export interface Mountable {
  readonly routes: FastifyPluginAsync | FastifyPluginCallback;
  handleUpgrade(request: IncomingMessage, socket: Duplex, head: Buffer): boolean;
}

/** Mounts the emulator's REST under `/cometchat`, for this machine only: it is no service for others. */
export async function mountEmulator(
  app: FastifyInstance,
  { routes }: Mountable,
  limits: RateLimits = DEFAULT_LIMITS,
): Promise<void> {
  await app.register(
    async scope => {
      // Its keys could be guessed here. Checked in a hook, since its own error handler knows no 429.
      const options = rateLimitOptions(machineLimit(limits));
      await scope.register(rateLimit, { ...options, global: false });
      const check = scope.createRateLimit();
      scope.addHook('onRequest', async (request, reply) => {
        if (!isLoopback(request.socket.remoteAddress)) return sendError(reply, new HttpRefusal(...STRANGER));
        const limit = await check(request);
        if (!limit.isAllowed && limit.isExceeded) return sendError(reply, tooMany(limit.ttl));
      });
      await scope.register(routes);
    },
    { prefix: '/cometchat' },
  );
}

/** Answers WebSocket upgrades, to which none of the app's hooks apply. Without an emulator there are none. */
export function createUpgradeListener(hosts: HostPolicy, emulator: Mountable | null): UpgradeListener {
  return (request, socket, head) => {
    try {
      hosts.checkHost(request.headers);
      // A WebSocket is no fetch: without this any site's page could open one to localhost.
      hosts.checkOrigin(request.headers);
      if (emulator && !isLoopback(request.socket.remoteAddress)) throw new HttpRefusal(...STRANGER);
      if (emulator?.handleUpgrade(request, socket, head)) return;
      throw new HttpRefusal('NOT_FOUND', 'There is no WebSocket at this address.');
    } catch (error) {
      const { status, body } = answerError(error);
      const text = JSON.stringify(body);
      const length = Buffer.byteLength(text);
      socket.end(
        `HTTP/1.1 ${status} Refused\r\nConnection: close\r\nContent-Type: application/json\r\nContent-Length: ${length}\r\n\r\n${text}`,
      );
    }
  };
}

function isLoopback(address: string | undefined): boolean {
  return address !== undefined && /^(::1|(::ffff:)?127\.\d+\.\d+\.\d+)$/.test(address);
}
