import { mailtoLink } from '../core/mailto.ts';
import type { Meeting } from '../core/meeting.ts';
import { formatInstant } from './format-time.ts';

/** The draft of a mail with the link of a meeting: what it opens, when, until when, and for whom. */
export function meetingMail(meeting: Meeting, url: string): string {
  const { title, allow, access } = meeting;
  const whom = access === 'allow' ? [`For ${allow.join(', ')}, each with an invite of their own.`] : [];
  return mailtoLink({ subject: title, body: [url, '', ...times(meeting, meeting.expiresAt), ...whom] });
}

/** The draft of a mail to the one person whom an invite names. `expiresAt`: the invite's. */
export function inviteMail(
  meeting: Meeting,
  url: string,
  invite: { name: string; expiresAt: number },
): string {
  const alone = `It is for ${invite.name} alone: whoever has it joins under that name.`;
  return mailtoLink({ subject: meeting.title, body: [url, '', ...times(meeting, invite.expiresAt), alone] });
}

function times({ startsAt }: Meeting, expiresAt: number): string[] {
  const start = startsAt === null ? [] : [`Starts ${formatInstant(startsAt)}.`];
  return [...start, `The link works until ${formatInstant(expiresAt)}.`];
}
