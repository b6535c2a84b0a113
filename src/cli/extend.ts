import { parseDuration } from '../core/duration.ts';
import { meetingUrl } from '../core/links.ts';
import type { Command } from './context.ts';
import { detailMeeting, noteMeeting } from './describe.ts';
import { withDesk } from './desk/with-desk.ts';
import { EXIT_OK } from './exit-codes.ts';

export interface ExtendFlags {
  readonly id: string;
  readonly by: string;
  readonly json?: boolean;
}

/** `meet extend`: the link again, and until when it works now. */
export const extend: Command<ExtendFlags> = async (context, { id, by, json }) => {
  const { out, notes } = context;
  const byMs = parseDuration(by);
  const { meeting, base } = await withDesk(context, desk => desk.extend(id, byMs));
  if (json) {
    out.line(JSON.stringify(detailMeeting(meeting, base, context.now())));
    return EXIT_OK;
  }
  out.line(out.style('cyan', meetingUrl(base, meeting)));
  noteMeeting(context, meeting, `${notes.style('green', 'Extended')} ${notes.style('bold', meeting.title)}`);
  return EXIT_OK;
};
