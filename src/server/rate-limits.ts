import type { RateLimitPluginOptions } from '@fastify/rate-limit';
import { MeetError } from '../core/errors.ts';

/** Requests per minute and address. */
export interface RateLimits {
  /** For each of identity, authorize and token. */
  readonly visits: number;
  /** For all the rest of the API together. */
  readonly api: number;
}

/** A smoke run asks about 20 times for each; 50 runs in a row must fit beside somebody who works. */
export const DEFAULT_LIMITS: RateLimits = { visits: 600, api: 1200 };

const WINDOW_MS = 60_000;

/** For what machines ask beside the API: ten times what one visitor may. */
export const machineLimit = ({ visits }: RateLimits): number => 10 * visits;

/** Settings for @fastify/rate-limit: at most `max` a minute; counts are per address, in this process. */
export function rateLimitOptions(max: number): RateLimitPluginOptions {
  return {
    max,
    timeWindow: WINDOW_MS,
    cache: 10_000,
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
