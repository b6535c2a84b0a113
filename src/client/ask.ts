import { MeetError } from '../core/errors.ts';
import { refusalOf } from './refusal.ts';
import { unreachable } from './unreachable.ts';

/** A meet server, and what opens it. */
export interface ServerAddress {
  readonly origin: string;
  readonly adminKey: string;
}

const PATIENCE_MS = 10_000;

/**
 * `fetch` for one server, with its admin key; an answer that comes back is a good one. Throws what the server refuses with,
 * and `NO_SERVER`, which says what stands between, in one line that carries no key.
 */
export function createAsk(server: ServerAddress): typeof fetch {
  return async (input, init = {}) => {
    const headers = new Headers(init.headers);
    headers.set('authorization', `Bearer ${server.adminKey}`);
    const response = await fetch(new URL(String(input), server.origin), {
      signal: AbortSignal.timeout(PATIENCE_MS),
      ...init,
      headers,
      // A redirect would carry the key to another address.
      redirect: 'manual',
    }).catch(error => {
      throw unreachable(server.origin, error);
    });
    if (response.ok && isOurs(response)) return response;
    throw await refusalOf(server.origin, response);
  };
}

/** All that we answer to programs is JSON, or lines of it. */
function isOurs({ headers }: Response): boolean {
  return /^application\/(json|x-ndjson)\b/.test(headers.get('content-type') ?? '');
}

/** Throws `NO_SERVER` unless the answer has these fields: another version may lack them. */
export function expectFields<T extends object>(origin: string, answer: T, fields: readonly (keyof T)[]): T {
  const isWhole =
    typeof answer === 'object' && answer !== null && fields.every(field => answer[field] !== undefined);
  if (isWhole) return answer;
  throw new MeetError(
    'NO_SERVER',
    `The server at ${origin} answers as another version of meet does; bring both to the same version.`,
  );
}
