import type { Reply } from './exchange.ts';

/** The limits are per minute, so nobody has reason to send us away for longer; a broken header must not close us. */
const LONGEST_SECONDS = 60;

/**
 * Whole seconds until CometChat wants to be asked again, at most a minute: `Retry-After` (RFC 9110, 10.2.3), else the
 * vendor's reset, a Unix time, whose name its pages spell in two ways. Null where it does not say. `now`: epoch ms.
 */
export function readRetryAfter({ header }: Reply, now: number): number | null {
  if (!header) return null;
  const seconds = secondsOf(header('retry-after'), now) ?? resetOf(header, now);
  return seconds === null ? null : Math.min(LONGEST_SECONDS, Math.max(1, Math.ceil(seconds)));
}

function secondsOf(value: string | null, now: number): number | null {
  if (value === null) return null;
  if (/^\d+$/.test(value.trim())) return Number(value);
  const date = Date.parse(value);
  return Number.isNaN(date) ? null : (date - now) / 1000;
}

function resetOf(header: NonNullable<Reply['header']>, now: number): number | null {
  const value = header('x-rate-limit-reset') ?? header('x-ratelimit-reset');
  return value !== null && /^\d+$/.test(value.trim()) ? Number(value) - now / 1000 : null;
}
