import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';

export interface Recorded {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: unknown;
}

export interface Answer {
  readonly status: number;
  readonly body: unknown;
  readonly headers?: Record<string, string>;
}

/** Instead of an answer: nothing at all, or an end of the connection. */
export type Silence = null | 'hang up';

/** Told what it is asked, and says what is answered. */
type Script = (request: Recorded, count: number) => Answer | Silence | Promise<Answer | Silence>;

/** A server that says what it is told to, in order or by a script, and keeps what it was asked. */
export async function startVendor(answers: (Answer | Silence)[] | Script) {
  const script: Script = typeof answers === 'function' ? answers : () => answers.shift() ?? null;
  const requests: Recorded[] = [];
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const { method = '', url: path = '', headers } = request;
    const asked = { method, path, headers, body: JSON.parse(Buffer.concat(chunks).toString() || 'null') };
    requests.push(asked);
    const answer = await script(asked, requests.length);
    if (answer === 'hang up') request.socket.destroy();
    if (answer === null || answer === 'hang up') return;
    const { status, body, headers: more = {} } = answer;
    response.writeHead(status, { ...more, ...(status === 302 && { location: String(body) }) });
    response.end(typeof body === 'string' ? body : JSON.stringify(body));
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, requests };
}

/** The vendor's error body. */
export function vendorError(
  status: number,
  code: string,
  message = 'says the vendor',
  headers: Record<string, string> = {},
): Answer {
  return { status, body: { error: { code, message, devMessage: message } }, headers };
}

/** A clock that goes when somebody sleeps, and keeps how long they did. */
export function manualClock() {
  const clock = {
    at: 0,
    slept: [] as number[],
    now: () => clock.at,
    async sleep(ms: number) {
      clock.slept.push(ms);
      clock.at += ms;
    },
    random: () => 0.5,
  };
  return clock;
}
