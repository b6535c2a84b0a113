import { parseLink } from '../core/links.ts';
import { endMeeting } from '../core/meeting-plan.ts';
import type { Command } from './context.ts';
import { detailMeeting } from './describe.ts';
import { EXIT_OK } from './exit-codes.ts';
import { baseUrl, withStore } from './meetings.ts';

export interface EndFlags {
  readonly id: string;
  readonly json?: boolean;
}

/** `meet end`: from now on its links, invites and tokens are refused. */
export const end: Command<EndFlags> = async (context, { id, json }) => {
  const { out, notes } = context;
  const now = context.now();
  const { sessionId } = parseLink(id);
  const meeting = await withStore(context, store =>
    store.update(sessionId, before => endMeeting(before, now)),
  );
  if (json) {
    out.line(JSON.stringify(detailMeeting(meeting, baseUrl(context), now)));
    return EXIT_OK;
  }
  const title = notes.style('bold', meeting.title);
  if (meeting.endedAt === now)
    notes.line(`${notes.style('green', 'Ended')} ${title}; nobody can join it any more.`);
  else notes.line(`${title} was ended before; nothing changed.`);
  return EXIT_OK;
};
