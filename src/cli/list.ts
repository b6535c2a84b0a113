import type { Meeting } from '../core/meeting.ts';
import { openingOf } from '../core/opening.ts';
import { stateOf } from '../core/state.ts';
import type { Command, Output } from './context.ts';
import { detailMeeting } from './describe.ts';
import { withDesk } from './desk/with-desk.ts';
import { EXIT_OK } from './exit-codes.ts';
import { formatRelative } from './format-time.ts';
import { cut, formatTable } from './table.ts';

export interface ListFlags {
  readonly json?: boolean;
}

function describeEnd(meeting: Meeting, now: number, out: Output): string {
  const state = stateOf(meeting, now);
  if (meeting.endedAt !== null) return out.style('dim', `ended ${formatRelative(meeting.endedAt, now)}`);
  const relative = formatRelative(meeting.expiresAt, now);
  return state === 'expired' ? out.style('dim', `expired ${relative}`) : relative;
}

function describeStart({ startsAt }: Meeting, now: number): string {
  return startsAt === null ? '' : formatRelative(startsAt, now);
}

/** `meet list`: a table of all meetings, the newest first. */
export const list: Command<ListFlags> = async (context, { json }) => {
  const { out, notes } = context;
  const now = context.now();
  const kept = await withDesk(context, desk => desk.list());
  const meetings = kept.map(({ meeting }) => meeting);
  const openings = await Promise.all(meetings.map(meeting => openingOf(meeting, now)));
  if (json) {
    const details = kept.map(({ meeting, base }, i) => detailMeeting(meeting, base, now, openings[i]));
    out.line(JSON.stringify(details));
  } else if (meetings.length === 0) {
    notes.line('There are no meetings yet; make one with: meet create');
  } else {
    const rows = meetings.map(meeting => ({
      ID: out.style('bold', meeting.sessionId),
      TITLE: cut(meeting.title, 32),
      ACCESS: cut(meeting.access === 'allow' ? meeting.allow.join(', ') : meeting.access, 24),
      KIND: cut([meeting.hours, meeting.broadcast && 'broadcast'].filter(Boolean).join(', '), 24),
      STARTS: describeStart(meeting, now),
      EXPIRES: describeEnd(meeting, now, out),
    }));
    for (const line of formatTable(rows, title => out.style('dim', title))) out.line(line);
  }
  return EXIT_OK;
};
