import { MeetError } from '../core/errors.ts';

/** One request to CometChat. */
export interface Exchange {
  readonly method: 'POST' | 'PUT' | 'DELETE';
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  /** JSON. */
  readonly body: string;
  readonly timeoutMs: number;
}

export interface Reply {
  readonly status: number;
  readonly text: string;
  /** By a name in lower case; without it there are none. */
  header?(name: string): string | null;
}

/** Carries one request there and its answer back. Throws `COMETCHAT_UNREACHABLE` with detail `{host, reason}`. */
export type Send = (exchange: Exchange) => Promise<Reply>;

export const sendOverHttp: Send = async exchange => {
  try {
    const response = await fetch(exchange.url, {
      method: exchange.method,
      headers: exchange.headers,
      body: exchange.body,
      // A redirect would carry our key to another host.
      redirect: 'error',
      signal: AbortSignal.timeout(Math.max(1, Math.ceil(exchange.timeoutMs))),
    });
    const text = await response.text();
    return { status: response.status, text, header: name => response.headers.get(name) };
  } catch (error) {
    const timedOut = error instanceof Error && error.name === 'TimeoutError';
    throw unreachable(exchange.url, timedOut ? TIMEOUT : causeCode(error));
  }
};

const TIMEOUT = 'TIMEOUT';

/** What is thrown where no answer came, or none in time. */
export function unreachable(url: string, reason: string = TIMEOUT): MeetError {
  const { host } = new URL(url);
  const what = reason === TIMEOUT ? 'did not answer in time' : `cannot be reached (${reason})`;
  return new MeetError(
    'COMETCHAT_UNREACHABLE',
    `CometChat at ${host} ${what}; check the network, COMETCHAT_APP_ID and COMETCHAT_REGION.`,
    { detail: { host, reason } },
  );
}

/** fetch hides the system's error (ENOTFOUND, ECONNREFUSED) in the cause of a TypeError. */
function causeCode(error: unknown): string {
  const cause = error instanceof Error ? error.cause : undefined;
  const code = typeof cause === 'object' && cause !== null && 'code' in cause ? cause.code : undefined;
  return typeof code === 'string' ? code : 'NETWORK';
}
