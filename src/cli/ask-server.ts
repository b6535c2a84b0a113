import { type ErrorCode, MeetError } from '../core/errors.ts';
import type { Context } from './context.ts';
import { findLocalServer } from './find-server.ts';

const PATIENCE_MS = 10_000;

interface Question {
  readonly body?: object | undefined;
  readonly accept?: string;
  /** When to give up; what is still read of the answer then is cut off too. */
  readonly signal?: AbortSignal;
}

/**
 * Asks the running server of this project, with the admin key. Throws `NO_SERVER`, and what the server refuses with.
 */
export async function askServer<Answer>(
  context: Context,
  method: 'GET' | 'POST' | 'DELETE',
  path: string,
  body?: object,
): Promise<Answer> {
  const signal = AbortSignal.timeout(PATIENCE_MS);
  return (await (await openAnswer(context, method, path, { body, signal })).json()) as Answer;
}

/** The same for an answer that is read as it comes. */
export async function openAnswer(
  { folder }: Context,
  method: 'GET' | 'POST' | 'DELETE',
  path: string,
  { body, accept, signal }: Question,
): Promise<Response> {
  const url = await findLocalServer(folder);
  if (!url)
    throw new MeetError('NO_SERVER', 'No server runs for this project; start one first with: meet serve');
  const response = await fetch(new URL(path, url), {
    method,
    headers: {
      authorization: `Bearer ${folder.adminKey()}`,
      ...(accept && { accept }),
      ...(body && { 'content-type': 'application/json' }),
    },
    ...(body && { body: JSON.stringify(body) }),
    ...(signal && { signal }),
  }).catch(cause => {
    throw new MeetError('NO_SERVER', `The server at ${url} does not answer; look at its output.`, { cause });
  });
  if (response.ok) return response;
  const { code, error } = (await response.json()) as { error: string; code: ErrorCode };
  throw new MeetError(code, error);
}
