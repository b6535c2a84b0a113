import { meetingUrl } from '../core/links.ts';
import type { Meeting } from '../core/meeting.ts';
import type { Command, Context } from './context.ts';
import { describeAccess, detailMeeting, lifeFacts, stateOf, writeFacts } from './describe.ts';
import { EXIT_OK } from './exit-codes.ts';
import { formatWhen } from './format-time.ts';
import { baseUrl, findMeeting, withStore } from './meetings.ts';
import type { ShareFlags } from './share-flags.ts';

export interface ShowFlags extends ShareFlags {
  readonly id: string;
  readonly json?: boolean;
}

/** `meet show`: all that there is to know about a meeting. */
export const show: Command<ShowFlags> = async (context, flags) => {
  const { out } = context;
  const now = context.now();
  const meeting = await withStore(context, store => findMeeting(store, flags.id));
  const url = meetingUrl(baseUrl(context), meeting);
  const mailto = flags.mailto ? (await import('./mail.ts')).meetingMail(meeting, url) : undefined;
  if (flags.json) out.line(JSON.stringify({ ...detailMeeting(meeting, baseUrl(context), now), mailto }));
  else writeMeeting(context, meeting, mailto ?? url);
  if (flags.copy || flags.qr) await (await import('./hand-over.ts')).handOver(context, url, flags);
  return EXIT_OK;
};

function writeMeeting({ out, now: clock }: Context, meeting: Meeting, link: string): void {
  const now = clock();
  out.line(out.style('bold', meeting.title));
  out.line(out.style('cyan', link));
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
}
