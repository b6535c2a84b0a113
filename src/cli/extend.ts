import { parseDuration } from '../core/duration.ts';
import { meetingUrl, parseLink } from '../core/links.ts';
import { extendMeeting } from '../core/meeting-plan.ts';
import type { Command } from './context.ts';
import { detailMeeting, noteMeeting } from './describe.ts';
import { EXIT_OK } from './exit-codes.ts';
import { baseUrl, withStore } from './meetings.ts';

export interface ExtendFlags {
  readonly id: string;
  readonly by: string;
  readonly json?: boolean;
}

/** `meet extend`: the link again, and until when it works now. */
export const extend: Command<ExtendFlags> = async (context, { id, by, json }) => {
  const { out, notes } = context;
  const now = context.now();
  const byMs = parseDuration(by);
  const { sessionId } = parseLink(id);
  const meeting = await withStore(context, store =>
    store.update(sessionId, before => extendMeeting(before, byMs, now)),
  );
  const base = baseUrl(context);
  if (json) {
    out.line(JSON.stringify(detailMeeting(meeting, base, now)));
    return EXIT_OK;
  }
  out.line(out.style('cyan', meetingUrl(base, meeting)));
  noteMeeting(context, meeting, `${notes.style('green', 'Extended')} ${notes.style('bold', meeting.title)}`);
  return EXIT_OK;
};
