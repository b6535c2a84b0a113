import { MeetError } from '../core/errors.ts';
import type { HostAppOptions } from '../server/host-app.ts';
import type { Contains } from '../server/networks.ts';
import { parseOrigins } from '../server/origins.ts';
import { DEFAULT_LIMITS, type RateLimits } from '../server/rate-limits.ts';
import { readWebhooks, type WebhookSettings } from '../server/webhooks/settings.ts';
import type { Environment } from './context.ts';
import { readRetention } from './env/audit.ts';
import { readIdentityEnv } from './env/identity.ts';
import { readProxies } from './env/proxies.ts';
import { readTelemetryEnv, type TelemetryEnv } from './env/telemetry.ts';

/** What the environment says about a server, beyond the settings that all commands share. */
export interface ServerEnv extends TelemetryEnv {
  /** `MEET_GUESTS=off`: only invites, and users of the host application. */
  readonly guests: boolean;
  /** Who vouches for the host application's users. */
  readonly hostApp: HostAppOptions;
  /** `MEET_STRICT=on|off`; undefined: on with the cloud, off with the emulator. */
  readonly strict: boolean | undefined;
  /** `MEET_CREATE_USERS=off`: who is no user of the CometChat app is refused, instead of made one. */
  readonly createUsers: boolean;
  /** `MEET_P2P=on`: with the emulator and SDK v5, two people alone send each other their media directly. */
  readonly p2p: boolean;
  /** `MEET_ALLOWED_HOSTS=a.example,b.example`: more names in `Host`. */
  readonly allowedHosts: readonly string[];
  /** `MEET_ALLOWED_ORIGINS=https://app.example.com`: whose pages may use the emulator; undefined when unset. */
  readonly allowedOrigins: readonly string[] | undefined;
  /** `MEET_RATE_LIMIT=600`: per minute and address, for each of identity, authorize and token. */
  readonly rateLimits: RateLimits;
  /** `MEET_TRUST_PROXY=10.0.0.7,10.1.0.0/16`: whose `X-Forwarded-*` counts; undefined: nobody's. */
  readonly trustProxy: Contains | undefined;
  /** `MEET_AUDIT_RETENTION=90d|off`: how long audit rows are kept, in milliseconds; null: for ever. */
  readonly auditKeepMs: number | null;
  /** `MEET_WEBHOOK_URL`, `MEET_WEBHOOK_SECRET`: whom to tell of what happens; null: nobody. */
  readonly webhooks: WebhookSettings | null;
  /** `MEET_LOG=info`: pino's lines on stderr. */
  readonly logLevel: string | undefined;
}

const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace'];

/** Throws `BAD_CONFIG` naming the variable. */
export function readServerEnv(env: Environment): ServerEnv {
  const logLevel = env.MEET_LOG === 'off' ? undefined : env.MEET_LOG || undefined;
  if (logLevel && !LOG_LEVELS.includes(logLevel))
    throw bad('MEET_LOG', `off, or one of ${LOG_LEVELS.join(', ')}`);
  return {
    ...readTelemetryEnv(env),
    guests: readSwitch(env, 'MEET_GUESTS') ?? true,
    hostApp: readIdentityEnv(env),
    strict: readSwitch(env, 'MEET_STRICT'),
    createUsers: readSwitch(env, 'MEET_CREATE_USERS') ?? true,
    p2p: readSwitch(env, 'MEET_P2P') ?? false,
    allowedHosts: readHosts(env.MEET_ALLOWED_HOSTS),
    allowedOrigins: readOrigins(env.MEET_ALLOWED_ORIGINS),
    rateLimits: readLimits(env.MEET_RATE_LIMIT),
    trustProxy: readProxies(env.MEET_TRUST_PROXY),
    auditKeepMs: readRetention(env.MEET_AUDIT_RETENTION),
    webhooks: readWebhooks(env.MEET_WEBHOOK_URL, env.MEET_WEBHOOK_SECRET),
    logLevel,
  };
}

function readSwitch(env: Environment, name: string): boolean | undefined {
  const value = env[name]?.toLowerCase();
  if (!value) return undefined;
  if (value === 'on' || value === 'off') return value === 'on';
  throw bad(name, 'on or off');
}

function readHosts(text = ''): readonly string[] {
  const names = text.split(',').flatMap(name => name.trim().toLowerCase() || []);
  if (names.every(name => !/[/\s@]/.test(name))) return names;
  throw bad('MEET_ALLOWED_HOSTS', 'names alone, like meet.example.com, separated by commas');
}

function readOrigins(text: string | undefined): readonly string[] | undefined {
  const list = text?.split(',').filter(entry => entry.trim() !== '') ?? [];
  return list.length > 0 ? parseOrigins(list, 'MEET_ALLOWED_ORIGINS') : undefined;
}

function readLimits(text: string | undefined): RateLimits {
  if (!text) return DEFAULT_LIMITS;
  const visits = Number(text);
  if (!Number.isInteger(visits) || visits < 1)
    throw bad('MEET_RATE_LIMIT', 'a number of requests per minute');
  return { visits, api: 2 * visits };
}

function bad(name: string, expected: string): MeetError {
  return new MeetError('BAD_CONFIG', `${name} must be ${expected}; mend it or unset it.`);
}
