import type { ErrorCode } from '../../core/errors.ts';
import type { HttpCode } from '../statuses.ts';

/** What a refusal says, for those that no request of the examples leads to. */
export const SENTENCES: Partial<Readonly<Record<ErrorCode | HttpCode, string>>> = {
  BAD_REQUEST: 'The URL is malformed.',
  BAD_STRATEGY: '"weekly" is not a strategy; choose uuid, stable, team, appointment, office-hours or time.',
  BAD_ID: '"…" has no letter or digit that an id could be made of; choose another.',
  BAD_ZONE: '"Mars/Olympus" is not a time zone; name one like Europe/Berlin or UTC.',
  BAD_DURATION: '"soon" is not a duration; write a number and a unit, like 30m, 2h, 1d, 1w or 1y.',
  BAD_TIME: 'The meeting would be over before it begins; choose a later expiry.',
  NO_IDENTITY: 'Say who you are first: POST /api/identity, then Authorization: Bearer <token>.',
  NOT_ADMIN: 'Only with the admin key: Authorization: Bearer <.meet/admin-key>.',
  BAD_ADMIN_CODE: 'This admin link was used already, or it has expired; get a new one with: meet admin',
  NOT_ALLOWED: 'The key in the link is wrong; ask the host for the link again.',
  GUESTS_OFF: 'Guests are switched off here; ask the host for an invite link.',
  BAD_ORIGIN: 'Pages of other origins may not use this API.',
  HTTPS_REQUIRED: 'Other machines are served by https only.',
  NOT_FOUND: 'There is nothing at this address; /openapi.json lists what there is.',
  MEETING_NOT_FOUND: 'There is no meeting with this id; check it.',
  FAULT_NOT_FOUND: 'There is no fault f7; it may be over. See those there are with: meet fault list',
  ID_TAKEN: 'The id team-web belongs to another meeting; choose another id.',
  NO_EMULATOR: "Faults need the emulator; CometChat's cloud does as it likes.",
  MEETING_EXPIRED: 'This meeting has expired.',
  MEETING_ENDED: 'This meeting was ended by its host.',
  BODY_TOO_LARGE: 'The body is too large; 16 KB is the most.',
  NOT_JSON: 'Send the body as content-type: application/json.',
  BAD_HOST: 'This server is not known by the name in Host.',
  MEETING_NOT_STARTED: 'This meeting has not started yet.',
  REMOVED: 'You were removed from this meeting.',
  USER_UNKNOWN: 'There is no CometChat user alice, and this server makes none.',
  URL_TOO_LONG: 'The URL is too long.',
  TOO_MANY_HEADERS: 'The headers are too many or too long.',
  RATE_LIMITED: 'Too many requests; try again in 17 s.',
};

/** The text of a 5xx stays inside. */
export const INTERNAL_SENTENCE = 'The server failed; its operator finds the reason in its output.';
