import { meetingUrl } from './links.ts';
import type { Access, Meeting, Strategy } from './meeting.ts';

/** A meeting as it leaves the program: `create --json` and the HTTP API. Times are ISO 8601. */
export interface MeetingFacts {
  readonly sessionId: string;
  readonly url: string;
  readonly title: string;
  readonly strategy: Strategy;
  readonly access: Access;
  readonly startsAt: string | null;
  readonly expiresAt: string;
  readonly hours: string | null;
  readonly zone: string | null;
  readonly broadcast: boolean;
  readonly revision: number;
}

/** The facts for who manages the meeting: the url carries the key, so never send them to a guest. */
export function describeMeeting(meeting: Meeting, base: string): MeetingFacts {
  return {
    sessionId: meeting.sessionId,
    url: meetingUrl(base, meeting),
    title: meeting.title,
    strategy: meeting.strategy,
    access: meeting.access,
    startsAt: meeting.startsAt === null ? null : new Date(meeting.startsAt).toISOString(),
    expiresAt: new Date(meeting.expiresAt).toISOString(),
    hours: meeting.hours,
    zone: meeting.zone,
    broadcast: meeting.broadcast,
    revision: meeting.revision,
  };
}
