import { MeetError } from '../core/errors.ts';
import type { Clock } from './clock.ts';
import { type Exchange, type Reply, type Send, unreachable } from './exchange.ts';
import { createGate } from './gate.ts';
import { type Refused, rejectionOf } from './rejection.ts';
import { readRetryAfter } from './retry-after.ts';

/** What is asked, and how long and how often. */
export interface Question extends Omit<Exchange, 'timeoutMs' | 'body'>, Pick<Refused, 'keyName' | 'secrets'> {
  readonly body: unknown;
  /** When who asks stops waiting, by the clock. */
  readonly until: number;
  /** Doing it twice harms nobody, so it may be asked again where nobody knows whether it was done. */
  readonly repeatable: boolean;
}

export type Ask = (question: Question) => Promise<Record<string, unknown>>;

export interface PersistenceOptions {
  readonly send: Send;
  readonly clock: Clock;
  /** How often one question is put at most. */
  readonly attempts: number;
  /** For one of them. */
  readonly timeoutMs: number;
  /** Told of every answer, with its headers. */
  readonly onReply?: (reply: Reply) => void;
}

/** A meeting's start brings its people in one second; the vendor needs to see no more of them than this at a time. */
const AT_ONCE = 32;
const BACKOFF_MS = 250;

const JSON_HEADERS = { accept: 'application/json', 'content-type': 'application/json' } as const;

/** No connection came about, so nothing was done there. */
const NEVER_SENT = ['ECONNREFUSED', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH', 'UND_ERR_CONNECT_TIMEOUT'];

/**
 * Asks CometChat and returns the answer's `data`. Asked again are: what a limit refused (it was not processed, and all
 * wait until the vendor's `Retry-After`), what never got there, and, of what may be repeated, outages; with back-off and
 * full jitter, and never past `until`. Throws what `rejectionOf` makes of an error, and `COMETCHAT_UNREACHABLE`.
 */
export function createAsk({ send, clock, attempts, timeoutMs, onReply }: PersistenceOptions): Ask {
  const gate = createGate(AT_ONCE);
  let closedUntil = 0;

  const once = async (question: Question): Promise<Record<string, unknown>> => {
    const { method, url, until } = question;
    const left = until - clock.now();
    // So late only behind others, who wait for an answer too.
    if (left <= 0) throw unreachable(url);
    // Met by those before in the row.
    if (closedUntil > clock.now()) throw stillClosed(closedUntil - clock.now());
    const reply = await send({
      method,
      url,
      // Node 20 takes ten times as long for two spreads, with every token.
      headers: Object.assign({}, JSON_HEADERS, question.headers),
      body: JSON.stringify(question.body),
      timeoutMs: Math.min(timeoutMs, left),
    });
    onReply?.(reply);
    const json = parseObject(reply.text);
    const data = json?.data;
    if (reply.status >= 200 && reply.status < 300 && isObject(data)) return data;
    const retryAfterSeconds = readRetryAfter(reply, Date.now());
    const { keyName, secrets } = question;
    const error = rejectionOf({ status: reply.status, body: json, retryAfterSeconds, keyName, secrets });
    if (error.code === 'COMETCHAT_BUSY' && retryAfterSeconds !== null)
      closedUntil = Math.max(closedUntil, clock.now() + retryAfterSeconds * 1000);
    throw error;
  };

  /** A limit that one has met is everybody's: to ask on would only make it last. */
  const waitForOpening = async (until: number): Promise<void> => {
    const wait = closedUntil - clock.now();
    if (wait <= 0) return;
    const spread = wait + clock.random() * BACKOFF_MS * 2;
    if (clock.now() + spread >= until) throw stillClosed(wait);
    await clock.sleep(spread);
  };

  return async question => {
    for (let attempt = 1; ; attempt += 1) {
      await waitForOpening(question.until);
      try {
        return await gate(() => once(question));
      } catch (error) {
        const wait = clock.random() * BACKOFF_MS * 2 ** attempt;
        const late = clock.now() + wait >= question.until;
        if (attempt >= attempts || late || !mayAskAgain(error, question)) throw error;
        await clock.sleep(wait);
      }
    }
  };
}

function stillClosed(waitMs: number): MeetError {
  const retryAfterSeconds = Math.ceil(waitMs / 1000);
  const message = `CometChat answered "too many requests" a moment ago; wait ${retryAfterSeconds} s, or raise the limit of your plan.`;
  return new MeetError('COMETCHAT_BUSY', message, {
    detail: { vendorCode: null, status: 429, retryAfterSeconds },
  });
}

function mayAskAgain(error: unknown, { repeatable }: Question): boolean {
  if (!(error instanceof MeetError)) return false;
  const { code, detail } = error;
  if (code === 'COMETCHAT_BUSY') return true;
  if (code === 'COMETCHAT_DOWN') return repeatable || detail?.status === 503;
  if (code !== 'COMETCHAT_UNREACHABLE') return false;
  const reason = String(detail?.reason);
  // A name that does not exist will not exist in a second either.
  return NEVER_SENT.includes(reason) || (repeatable && reason !== 'ENOTFOUND');
}

function parseObject(text: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : null;
  } catch {
    return null;
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
