import { meetingUrl } from '../core/links.ts';
import type { Meeting } from '../core/meeting.ts';
import { type Opening, openingOf } from '../core/opening.ts';
import { stateOf } from '../core/state.ts';
import type { Command, Context } from './context.ts';
import { describeAccess, detailMeeting, type Fact, kindFacts, lifeFacts, writeFacts } from './describe.ts';
import { withDesk } from './desk/with-desk.ts';
import { EXIT_OK } from './exit-codes.ts';
import { formatWhen } from './format-time.ts';
import { beside, giveCalendar } from './ics.ts';
import type { ShareFlags } from './share-flags.ts';

export interface ShowFlags extends ShareFlags {
  readonly id: string;
  readonly json?: boolean;
}

/** `meet show`: all that there is to know about a meeting. */
export const show: Command<ShowFlags> = async (given, flags) => {
  const context = beside(given, flags);
  const { out } = context;
  const now = context.now();
  const { meeting, base } = await withDesk(context, desk => desk.find(flags.id));
  const opening = await openingOf(meeting, now);
  const url = meetingUrl(base, meeting);
  await giveCalendar(context, flags, async () => [{ meeting, url }]);
  const mailto = flags.mailto ? (await import('./mail.ts')).meetingMail(meeting, url) : undefined;
  if (flags.json) {
    out.line(JSON.stringify({ ...detailMeeting(meeting, base, now, opening), mailto }));
  } else {
    writeMeeting(context, meeting, opening, mailto ?? url);
  }
  if (flags.copy || flags.qr) await (await import('./hand-over.ts')).handOver(context, url, flags);
  return EXIT_OK;
};

function nextFacts(opening: Opening | null, now: number): Fact[] {
  const opensAt = opening?.open === false ? opening.opensAt : null;
  return opensAt === null ? [] : [['opens', formatWhen(opensAt, now)]];
}

function writeMeeting(
  { out, now: clock }: Context,
  meeting: Meeting,
  opening: Opening | null,
  link: string,
): void {
  const now = clock();
  const state = stateOf(meeting, now, opening);
  out.line(out.style('bold', meeting.title));
  out.line(out.style('cyan', link));
  writeFacts(out, [
    ['id', meeting.sessionId],
    ['strategy', meeting.strategy],
    ['state', { open: 'open', early: 'not yet open', expired: 'expired', ended: 'ended' }[state]],
    ...lifeFacts(meeting, now),
    ...kindFacts(meeting),
    ...(state === 'early' ? nextFacts(opening, now) : []),
    ['for', describeAccess(meeting)],
    ['created', formatWhen(meeting.createdAt, now)],
  ]);
}
