import type { ErrorCode } from '../core/errors.ts';

/** Refusals that only HTTP knows. */
export type HttpCode =
  | 'NOT_FOUND'
  | 'BAD_HOST'
  | 'BAD_ORIGIN'
  | 'BODY_TOO_LARGE'
  | 'NOT_JSON'
  | 'INTERNAL'
  | 'UNAVAILABLE';

/** The one table from an expected failure to its HTTP status. */
export const STATUSES: Readonly<Record<ErrorCode | HttpCode, number>> = {
  BAD_REQUEST: 400,
  BAD_STRATEGY: 400,
  BAD_ID: 400,
  BAD_ZONE: 400,
  BAD_DURATION: 400,
  BAD_TIME: 400,
  NO_IDENTITY: 401,
  NOT_ADMIN: 401,
  NOT_ALLOWED: 403,
  GUESTS_OFF: 403,
  BAD_ORIGIN: 403,
  NOT_FOUND: 404,
  MEETING_NOT_FOUND: 404,
  ID_TAKEN: 409,
  MEETING_EXPIRED: 410,
  MEETING_ENDED: 410,
  BODY_TOO_LARGE: 413,
  NOT_JSON: 415,
  BAD_HOST: 421,
  MEETING_NOT_STARTED: 425,
  RATE_LIMITED: 429,
  INTERNAL: 500,
  BAD_CONFIG: 500,
  PORT_IN_USE: 500,
  NO_BROWSER: 500,
  SMOKE_FAILED: 500,
  COMETCHAT_FAILED: 502,
  STORE_FAILED: 503,
  UNAVAILABLE: 503,
  COMETCHAT_UNREACHABLE: 504,
};
