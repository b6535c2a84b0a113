import { MeetError } from '../core/errors.ts';
import { readRejection, rejectionOf } from './rejection.ts';

/** Sends a request elsewhere than over the network: to an emulator in this process. Rejects where nothing answers. */
export type Transport = (request: {
  readonly method: 'POST' | 'PUT';
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}) => Promise<{ readonly status: number; readonly text: string }>;

export interface Exchange {
  /** `fetch` by default. */
  readonly transport?: Transport | undefined;
  /** POST by default. */
  readonly method?: 'PUT';
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: unknown;
  readonly timeoutMs: number;
  /** The setting that holds the key of this request: named when CometChat refuses it. */
  readonly keyName: string | null;
  /** Values that no message may carry, whatever the other side echoes. */
  readonly secrets: readonly string[];
}

/**
 * Sends one request and returns the answer's `data`. Throws `COMETCHAT_FAILED` for an error body, `COMETCHAT_UNREACHABLE`
 * for no answer in time.
 */
export async function postJson(exchange: Exchange): Promise<Record<string, unknown>> {
  const { status, text } = await send(exchange);
  const body = parseObject(text);
  const data = body?.data;
  if (status >= 200 && status < 300 && isObject(data)) return data;
  throw rejectionOf({ ...readRejection(body), status, keyName: exchange.keyName, secrets: exchange.secrets });
}

async function send(exchange: Exchange): Promise<{ status: number; text: string }> {
  const { url, method = 'POST' } = exchange;
  const headers = { accept: 'application/json', 'content-type': 'application/json', ...exchange.headers };
  const body = JSON.stringify(exchange.body);
  try {
    if (exchange.transport) return await exchange.transport({ method, url, headers, body });
    const response = await fetch(url, {
      method,
      headers,
      body,
      // A redirect would carry our key to another host.
      redirect: 'error',
      signal: AbortSignal.timeout(exchange.timeoutMs),
    });
    return { status: response.status, text: await response.text() };
  } catch (error) {
    throw unreachable(error, exchange);
  }
}

function unreachable(error: unknown, exchange: Exchange): MeetError {
  const { host } = new URL(exchange.url);
  const timedOut = error instanceof Error && error.name === 'TimeoutError';
  const reason = timedOut ? 'TIMEOUT' : causeCode(error);
  const what = timedOut
    ? `did not answer within ${exchange.timeoutMs / 1000} s`
    : `cannot be reached (${reason})`;
  return new MeetError(
    'COMETCHAT_UNREACHABLE',
    `CometChat at ${host} ${what}; check the network, COMETCHAT_APP_ID and COMETCHAT_REGION.`,
    { detail: { host, reason } },
  );
}

/** fetch hides the system's error (ENOTFOUND, ECONNREFUSED) in the cause of a TypeError. */
function causeCode(error: unknown): string {
  const cause = error instanceof Error ? error.cause : undefined;
  const code = isObject(cause) ? cause.code : undefined;
  return typeof code === 'string' ? code : 'NETWORK';
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
