import { Agent, type RequestOptions, request } from 'node:https';
import { NAME, type Nginx } from './nginx.ts';

export interface Answer {
  readonly status: number;
  // biome-ignore lint/suspicious/noExplicitAny: each test states the shape it expects.
  readonly body: any;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
}

type Headers = Readonly<Record<string, string>>;

/** Asks meet through nginx, as a client that trusts its certificate and keeps its connections. */
export function createAsker({ port, certificate }: Nginx, timeout = 20_000) {
  const agent = new Agent({ keepAlive: true, maxSockets: 64 });
  const optionsOf = (method: string, path: string, headers: Headers): RequestOptions => ({
    agent,
    host: '127.0.0.1',
    port,
    servername: NAME,
    ca: certificate,
    method,
    path,
    timeout,
    headers: { host: NAME, ...headers },
  });
  return {
    optionsOf,
    ask: (
      method: string,
      path: string,
      { body, token, ...more }: { body?: object; token?: string } & RequestOptions = {},
    ): Promise<Answer> =>
      new Promise((resolve, reject) => {
        const headers = {
          ...(body && { 'content-type': 'application/json' }),
          ...(token && { authorization: `Bearer ${token}` }),
          ...(more.headers as Headers | undefined),
        };
        const asking = request({
          ...optionsOf(method, path, {}),
          ...more,
          headers: { host: NAME, ...headers },
        });
        asking.once('timeout', () => asking.destroy(new Error(`no answer within ${timeout} ms`)));
        asking.once('error', reject);
        asking.once('response', response => {
          let text = '';
          response.setEncoding('utf8').on('data', part => {
            text += part;
          });
          response.once('error', reject);
          response.once('end', () =>
            resolve({ status: response.statusCode ?? 0, headers: response.headers, body: parse(text) }),
          );
        });
        asking.end(body && JSON.stringify(body));
      }),
    close: () => agent.destroy(),
  };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
