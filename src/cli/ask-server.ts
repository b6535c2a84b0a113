import { MeetError } from '../core/errors.ts';
import type { Context } from './context.ts';
import { findLocalServer } from './find-server.ts';
import { chooseRemote, type Remote } from './remote.ts';

const PATIENCE_MS = 10_000;

interface Question {
  readonly body?: object | undefined;
  readonly accept?: string;
  /** When to give up; what is still read of the answer then is cut off too. */
  readonly signal?: AbortSignal;
}

/**
 * Asks the running server of this project, or the one that was named, with the admin key. Throws `NO_SERVER`, and what the server refuses with.
 */
export async function askServer<Answer>(
  context: Context,
  method: 'GET' | 'POST' | 'DELETE',
  path: string,
  body?: object,
): Promise<Answer> {
  const signal = AbortSignal.timeout(PATIENCE_MS);
  const answer = await openAnswer(context, method, path, { body, signal });
  try {
    return (await answer.json()) as Answer;
  } catch (cause) {
    throw new MeetError('NO_SERVER', 'The server broke off its answer; ask again, or look at its output.', {
      cause,
    });
  }
}

/** The same for an answer that is read as it comes. */
export async function openAnswer(
  context: Context,
  method: 'GET' | 'POST' | 'DELETE',
  path: string,
  { body, accept, signal }: Question,
): Promise<Response> {
  // Only here: what knows servers knows also what can stand between.
  const { createAsk } = await import('../client/ask.ts');
  return createAsk(await findAsked(context))(path, {
    method,
    headers: { ...(accept && { accept }), ...(body && { 'content-type': 'application/json' }) },
    ...(body && { body: JSON.stringify(body) }),
    signal: signal ?? null,
  });
}

/** The server that was named, else the one that runs for this project. Throws `NO_SERVER`. */
async function findAsked(context: Context): Promise<Remote> {
  const remote = chooseRemote(context);
  if (remote) return remote;
  const { folder } = context;
  const origin = await findLocalServer(folder);
  if (origin) return { origin, adminKey: folder.adminKey() };
  throw new MeetError(
    'NO_SERVER',
    'No server runs for this project; start one first with: meet serve, or name one: --server <url>',
  );
}
