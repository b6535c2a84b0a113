import { MeetError } from '../core/errors.ts';

/** The error of a command for a meeting that is not there. */
export function noMeeting(sessionId: string): MeetError {
  return new MeetError(
    'MEETING_NOT_FOUND',
    `There is no meeting ${sessionId}; see those there are with: meet list`,
  );
}
