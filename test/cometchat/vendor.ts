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
}

/** A server that says what it is told to, in order, and keeps what it was asked. `null`: never answers. */
export async function startVendor(answers: (Answer | null)[]) {
  const requests: Recorded[] = [];
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const { method = '', url: path = '', headers } = request;
    requests.push({ method, path, headers, body: JSON.parse(Buffer.concat(chunks).toString() || 'null') });
    const answer = answers.shift();
    if (!answer) return;
    const { status, body } = answer;
    response.writeHead(status, status === 302 ? { location: String(body) } : {});
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
export function vendorError(status: number, code: string, message = 'says the vendor'): Answer {
  return { status, body: { error: { code, message, devMessage: message } } };
}
