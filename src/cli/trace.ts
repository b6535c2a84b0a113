import { MeetError } from '../core/errors.ts';
import { parseLink } from '../core/links.ts';
import { askServer, openAnswer } from './ask-server.ts';
import type { Command, Context } from './context.ts';
import { EXIT_OK } from './exit-codes.ts';
import { describeEvent, type TracedEvent } from './trace-words.ts';

export interface TraceFlags {
  readonly id: string;
  /** False: what is kept, and no more. */
  readonly follow?: boolean;
  readonly json?: boolean;
}

/** `meet trace`: what happens in a session, as it happens; a line each for people, JSON for everybody else. */
export const trace: Command<TraceFlags> = async (context, { id, follow = true, json }) => {
  const { io, out, notes } = context;
  // Sessions of other applications have ids of other forms.
  const sessionId = id.includes('/') ? parseLink(id).sessionId : id;
  await checkKnown(context, sessionId);
  const answer = await openEvents(context, sessionId, follow);
  const asJson = json || io.stdout.isTTY !== true;
  if (follow) notes.line(notes.style('dim', `What happens in ${sessionId}; Ctrl-C ends.`));
  for await (const line of linesOf(answer))
    out.line(asJson ? line : describeEvent(JSON.parse(line) as TracedEvent, out.style));
  if (follow) notes.line(notes.style('dim', 'The server ended it.'));
  return EXIT_OK;
};

function openEvents(context: Context, sessionId: string, follow: boolean): Promise<Response> {
  const path = `/api/sessions/${encodeURIComponent(sessionId)}/events?follow=${follow}`;
  return openAnswer(context, 'GET', path, { accept: 'application/x-ndjson' });
}

/**
 * Throws `MEETING_NOT_FOUND` for what is neither a meeting nor a session in which something has happened, as those of other
 * applications: a name with a typing error in it would be followed for ever.
 */
async function checkKnown(context: Context, sessionId: string): Promise<void> {
  for await (const _ of linesOf(await openEvents(context, sessionId, false))) return;
  try {
    await askServer(context, 'GET', `/api/meetings/${encodeURIComponent(sessionId)}`);
  } catch (error) {
    if (!(error instanceof MeetError) || error.code !== 'MEETING_NOT_FOUND') throw error;
    throw new MeetError(
      error.code,
      `There is no meeting ${sessionId}, and nothing has happened in a session of that name; see the meetings with: meet list`,
    );
  }
}

/** The lines that have anything in them; a server that goes away without a word ends them too. */
async function* linesOf({ body }: Response): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  let rest = '';
  try {
    for await (const chunk of body ?? []) {
      const lines = (rest + decoder.decode(chunk, { stream: true })).split('\n');
      rest = lines.pop() ?? '';
      yield* lines.filter(line => line !== '');
    }
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
  }
}
