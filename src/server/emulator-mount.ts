import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import cors from '@fastify/cors';
import rateLimit from '@fastify/rate-limit';
import type { FastifyInstance, FastifyPluginAsync, FastifyPluginCallback } from 'fastify';
import type { HostPolicy } from './hosts.ts';
import { createLimiter, type Limiter } from './limiter.ts';
import type { UpgradeListener } from './listen.ts';
import { visitorNetwork } from './networks.ts';
import {
  DEFAULT_LIMITS,
  machineLimit,
  type RateLimits,
  rateLimitOptions,
  tooMany,
  WINDOW_MS,
} from './rate-limits.ts';
import { answerError, HttpRefusal, sendError } from './refusal.ts';
import {
  addressOf,
  createProxies,
  isEncrypted,
  isLocal,
  type Proxies,
  type RemoteRequest,
} from './remote.ts';
import { checkRequestLine } from './request-line.ts';

const STRANGER = [
  'NOT_FOUND',
  'The emulator serves this machine only; serve with --https --host, or set up a CometChat app for others.',
] as const;

const KEYS_STAY = [
  'NOT_FOUND',
  "The emulator takes its keys from this machine only; other machines sign in with a person's token.",
] as const;

/** The part of the emulator that a server mounts. */
export interface Mountable {
  readonly routes: FastifyPluginAsync | FastifyPluginCallback;
  handleUpgrade(request: IncomingMessage, socket: Duplex, head: Buffer): boolean;
}

/** How long a browser may remember that an app was let in, in seconds. */
const PREFLIGHT_SECONDS = 600;

export interface MountOptions {
  readonly hosts: HostPolicy;
  readonly limits?: RateLimits;
  readonly limiter?: Limiter;
  /** Other machines are served too, over our own TLS; but the keys with which one may be anybody stay here. */
  readonly lan?: boolean;
}

/** Where signalling sockets are opened. */
const SIGNALLING_PATH = '/xmpp-websocket';

/**
 * Mounts the emulator's REST under `/cometchat`, for this machine only unless told otherwise. Unlike our own API
 * it is there for users' apps too, whose pages have origins of their own.
 */
export async function mountEmulator(
  app: FastifyInstance,
  { routes }: Mountable,
  options: MountOptions,
): Promise<void> {
  await app.register(
    async scope => {
      await guard(scope, options);
      await scope.register(routes);
    },
    { prefix: '/cometchat' },
  );
  // lib-jitsi-meet knocks here every minute over plain http; unanswered, it writes the address to the console, token and all.
  await app.register(
    async scope => {
      await guard(scope, options);
      scope.get('/', { schema: { hide: true } }, (_request, reply) => reply.code(204).send());
    },
    { prefix: SIGNALLING_PATH },
  );
}

async function guard(
  scope: FastifyInstance,
  { hosts, limits = DEFAULT_LIMITS, limiter = createLimiter(), lan = false }: MountOptions,
): Promise<void> {
  // Its keys could be guessed here. Checked in a hook, since its own error handler knows no 429.
  const options = rateLimitOptions(scope.prefix, machineLimit(limits), limiter);
  await scope.register(rateLimit, { ...options, global: false });
  const check = scope.createRateLimit();
  scope.addHook('onRequest', async (request, reply) => {
    try {
      checkRemote(request, lan);
      hosts.checkAppOrigin(request.headers);
    } catch (error) {
      return sendError(reply, error);
    }
  });
  // Only allowed origins get this far. Before the rate limit, so that an app can read a 429 too.
  await scope.register(cors, {
    origin: true,
    methods: ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'],
    maxAge: PREFLIGHT_SECONDS,
  });
  scope.addHook('onRequest', async (request, reply) => {
    const limit = await check(request);
    if (!limit.isAllowed && limit.isExceeded) return sendError(reply, tooMany(limit.ttl));
  });
}

export interface UpgradeOptions {
  readonly hosts: HostPolicy;
  /** Null with the cloud. */
  readonly emulator: Mountable | null;
  readonly lan?: boolean;
  readonly proxies?: Proxies | undefined;
  readonly limits?: RateLimits;
  readonly limiter?: Limiter;
}

/** Answers WebSocket upgrades, to which none of the app's hooks apply. Without an emulator there are none. */
export function createUpgradeListener({
  hosts,
  emulator,
  lan = false,
  proxies = createProxies(),
  limits = DEFAULT_LIMITS,
  limiter = createLimiter(),
}: UpgradeOptions): UpgradeListener {
  return (request, socket, head) => {
    try {
      proxies.read(request);
      checkRequestLine(request);
      checkUpgrades(request, limits, limiter);
      hosts.checkHost(request.headers);
      // A WebSocket is no fetch: without this any site's page could open one to localhost.
      hosts.checkAppOrigin(request.headers);
      if (emulator) checkRemote(request, lan);
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

/** As many as requests of the API: with each a token can be tried. Throws `RATE_LIMITED`. */
function checkUpgrades(request: RemoteRequest, { api }: RateLimits, limiter: Limiter): void {
  const { current, ttl } = limiter.hit(`upgrade from ${visitorNetwork(addressOf(request))}`, WINDOW_MS);
  if (current > api) throw tooMany(ttl);
}

/** Throws `NOT_FOUND` for who is not to know of the emulator, or not with these keys. */
function checkRemote(request: RemoteRequest, lan: boolean): void {
  if (isLocal(request)) return;
  if (!lan || !isEncrypted(request)) throw new HttpRefusal(...STRANGER);
  if (request.headers.apikey !== undefined) throw new HttpRefusal(...KEYS_STAY);
}
