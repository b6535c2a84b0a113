import { meetingUrl } from '../core/links.ts';
import type { Meeting } from '../core/meeting.ts';
import { type Opening, openingOf } from '../core/opening.ts';
import { stateOf } from '../core/state.ts';
import { harmless } from './audit-words.ts';
import type { Command, Context } from './context.ts';
import { describeAccess, detailMeeting, type Fact, kindFacts, lifeFacts, writeFacts } from './describe.ts';
import type { Insider } from './desk/desk.ts';
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
  const { meeting, base, people } = await withDesk(context, async desk => {
    const kept = await desk.find(flags.id);
    return { ...kept, people: await desk.people(kept.meeting.sessionId) };
  });
  const opening = await openingOf(meeting, now);
  const url = meetingUrl(base, meeting);
  await giveCalendar(context, flags, async () => [{ meeting, url }]);
  const mailto = flags.mailto ? (await import('./mail.ts')).meetingMail(meeting, url) : undefined;
  if (flags.json) {
    out.line(JSON.stringify({ ...detailMeeting(meeting, base, now, opening), people, mailto }));
  } else {
    writeMeeting(context, meeting, opening, mailto ?? url, people);
  }
  if (flags.copy || flags.qr) await (await import('./hand-over.ts')).handOver(context, url, flags);
  return EXIT_OK;
};

function nextFacts(opening: Opening | null, now: number): Fact[] {
  const opensAt = opening?.open === false ? opening.opensAt : null;
  return opensAt === null ? [] : [['opens', formatWhen(opensAt, now)]];
}

/** Each with the uid that kick and revoke go by. */
function peopleFacts(people: readonly Insider[] | null): Fact[] {
  if (people === null)
    return [['inside', "unknown: no server runs here, or CometChat's cloud, which tells nobody"]];
  if (people.length === 0) return [['inside', 'nobody']];
  return people.map(({ name, uid }, index) => [
    index === 0 ? 'inside' : '',
    uid === undefined || uid === name ? harmless(name) : `${harmless(name)}, uid ${uid}`,
  ]);
}

function writeMeeting(
  { out, now: clock }: Context,
  meeting: Meeting,
  opening: Opening | null,
  link: string,
  people: readonly Insider[] | null,
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
    ...peopleFacts(people),
  ]);
}
