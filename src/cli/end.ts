import type { Command } from './context.ts';
import { detailMeeting, writeFacts } from './describe.ts';
import { withDesk } from './desk/with-desk.ts';
import { EXIT_OK } from './exit-codes.ts';
import { insideFact } from './removal.ts';

export interface EndFlags {
  readonly id: string;
  readonly json?: boolean;
}

/** `meet end`: from now on its links, invites and tokens are refused. */
export const end: Command<EndFlags> = async (context, { id, json }) => {
  const { out, notes } = context;
  const { meeting, base, changed, putOut } = await withDesk(context, desk => desk.end(id));
  if (json) {
    out.line(JSON.stringify(detailMeeting(meeting, base, context.now())));
    return EXIT_OK;
  }
  const title = notes.style('bold', meeting.title);
  if (changed) {
    notes.line(`${notes.style('green', 'Ended')} ${title}; nobody can join it any more.`);
    writeFacts(notes, [insideFact(putOut)]);
  } else {
    notes.line(`${title} was ended before; nothing changed.`);
  }
  return EXIT_OK;
};
