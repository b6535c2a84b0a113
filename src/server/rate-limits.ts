import type {
  FastifyRateLimitStore,
  FastifyRateLimitStoreCtor,
  RateLimitPluginOptions,
} from '@fastify/rate-limit';
import { MeetError } from '../core/errors.ts';
import type { Limiter } from './limiter.ts';
import { visitorNetwork } from './networks.ts';
import { addressOf } from './remote.ts';

/** Requests per minute and address. */
export interface RateLimits {
  /** For each of identity, authorize and token. */
  readonly visits: number;
  /** For all the rest of the API together. */
  readonly api: number;
}

/** A smoke run asks about 20 times for each; 50 runs in a row must fit beside somebody who works. */
export const DEFAULT_LIMITS: RateLimits = { visits: 600, api: 1200 };

export const WINDOW_MS = 60_000;

/** For what machines ask beside the API: ten times what one visitor may. */
export const machineLimit = ({ visits }: RateLimits): number => 10 * visits;

/**
 * Settings for @fastify/rate-limit: at most `max` a minute from each address. `scope` tells the counts of one registration
 * from another's; routes with limits of their own have counts of their own.
 */
export function rateLimitOptions(scope: string, max: number, limiter: Limiter): RateLimitPluginOptions {
  return {
    max,
    timeWindow: WINDOW_MS,
    keyGenerator: request => visitorNetwork(addressOf(request)),
    store: createStore(scope, limiter),
    errorResponseBuilder: (_request, { ttl }) => tooMany(ttl),
  };
}

/** What is answered to a flood for the next `ttl` milliseconds. */
export function tooMany(ttl: number): MeetError {
  const retryAfterSeconds = Math.ceil(ttl / 1000);
  return new MeetError('RATE_LIMITED', `Too many requests; try again in ${retryAfterSeconds} s.`, {
    detail: { retryAfterSeconds },
  });
}

/** The plugin makes its store by itself, and asks it for a child for each route with a limit of its own. */
function createStore(scope: string, limiter: Limiter): FastifyRateLimitStoreCtor {
  const storeOf = (name: string): FastifyRateLimitStore => ({
    incr: (key, callback) => callback(null, limiter.hit(`${name} from ${key}`, WINDOW_MS)),
    child(options) {
      // Its types forget what it passes.
      const { routeInfo } = options as unknown as { routeInfo: { method: string; url: string } };
      return storeOf(`${scope} ${routeInfo.method} ${routeInfo.url}`);
    },
  });
  return class {
    readonly incr = storeOf(scope).incr;
    readonly child = storeOf(scope).child;
  };
}
