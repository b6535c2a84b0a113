import { parseDuration } from '../core/duration.ts';
import { meetingUrl } from '../core/links.ts';
import type { Meeting } from '../core/meeting.ts';
import type { Command } from './context.ts';
import { detailMeeting, type Fact, noteMeeting } from './describe.ts';
import { withDesk } from './desk/with-desk.ts';
import { EXIT_OK } from './exit-codes.ts';
import { formatWhen } from './format-time.ts';
import { insideFact } from './removal.ts';

export interface RotateFlags {
  readonly id: string;
  readonly grace?: string;
  readonly putOut?: boolean;
  readonly json?: boolean;
}

/** `meet rotate`: the new link; the one before is refused, at once or after a while. */
export const rotate: Command<RotateFlags> = async (context, flags) => {
  const { out, notes } = context;
  const graceMs = flags.grace === undefined ? 0 : parseDuration(flags.grace);
  const wish = { graceMs, putOut: flags.putOut };
  const { meeting, base, putOut } = await withDesk(context, desk => desk.rotate(flags.id, wish));
  const now = context.now();
  if (flags.json) {
    const { oldKeyUntil } = meeting;
    const oldLinkUntil = oldKeyUntil === null ? null : new Date(oldKeyUntil).toISOString();
    out.line(JSON.stringify({ ...detailMeeting(meeting, base, now), oldLinkUntil, putOut }));
    return EXIT_OK;
  }
  out.line(out.style('cyan', meetingUrl(base, meeting)));
  noteMeeting(
    context,
    meeting,
    `${notes.style('green', 'New key')} for ${notes.style('bold', meeting.title)}`,
    [
      oldLinkFact(meeting, now),
      flags.putOut
        ? insideFact(putOut)
        : ['inside', 'who is inside stays; to put out who came by the link: --put-out'],
    ],
  );
  return EXIT_OK;
};

function oldLinkFact({ oldKeyUntil }: Meeting, now: number): Fact {
  return [
    'old link',
    oldKeyUntil === null ? 'refused from now on' : `works until ${formatWhen(oldKeyUntil, now)}`,
  ];
}
