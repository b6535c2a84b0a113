import { meetingUrl } from '../core/links.ts';
import type { Command } from './context.ts';
import { describeAccess, detailMeeting, lifeFacts, stateOf, writeFacts } from './describe.ts';
import { EXIT_OK } from './exit-codes.ts';
import { formatWhen } from './format-time.ts';
import { baseUrl, findMeeting, withStore } from './meetings.ts';

export interface ShowFlags {
  readonly id: string;
  readonly json?: boolean;
}

/** `meet show`: all that there is to know about a meeting. */
export const show: Command<ShowFlags> = async (context, { id, json }) => {
  const { out } = context;
  const now = context.now();
  const meeting = await withStore(context, store => findMeeting(store, id));
  const base = baseUrl(context);
  if (json) {
    out.line(JSON.stringify(detailMeeting(meeting, base, now)));
    return EXIT_OK;
  }
  out.line(out.style('bold', meeting.title));
  out.line(out.style('cyan', meetingUrl(base, meeting)));
  writeFacts(out, [
    ['id', meeting.sessionId],
    ['strategy', meeting.strategy],
    [
      'state',
      { open: 'open', early: 'not yet open', expired: 'expired', ended: 'ended' }[stateOf(meeting, now)],
    ],
    ...lifeFacts(meeting, now),
    ['for', describeAccess(meeting)],
    ['created', formatWhen(meeting.createdAt, now)],
  ]);
  return EXIT_OK;
};
