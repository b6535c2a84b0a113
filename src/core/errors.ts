/**
 * Every failure that a user can cause or mend. The code is the contract: two tables at the edges
 * (src/server/statuses.ts, src/cli/exit-codes.ts) turn it into an HTTP status and an exit code.
 */
export type ErrorCode =
  // what was asked for cannot be meant
  | 'BAD_REQUEST'
  | 'BAD_STRATEGY'
  | 'BAD_ID'
  | 'BAD_ZONE'
  | 'BAD_DURATION'
  | 'BAD_TIME'
  | 'BAD_CONFIG'
  // who asks
  | 'NO_IDENTITY'
  | 'NOT_ADMIN'
  | 'BAD_ADMIN_CODE'
  | 'NOT_ALLOWED'
  | 'REMOVED'
  | 'GUESTS_OFF'
  | 'USER_UNKNOWN'
  | 'IDENTITY_UNAVAILABLE'
  // the meeting's state
  | 'MEETING_NOT_FOUND'
  | 'MEETING_NOT_STARTED'
  | 'MEETING_EXPIRED'
  | 'MEETING_ENDED'
  | 'ID_TAKEN'
  // faults on purpose
  | 'NO_EMULATOR'
  | 'FAULT_NOT_FOUND'
  // the surroundings
  | 'NO_SERVER'
  | 'PORT_IN_USE'
  | 'NO_BROWSER'
  | 'NO_DEVICE'
  | 'STORE_FAILED'
  | 'COMETCHAT_FAILED'
  | 'COMETCHAT_UNREACHABLE'
  | 'COMETCHAT_BUSY'
  | 'COMETCHAT_DOWN'
  | 'RATE_LIMITED'
  | 'SMOKE_FAILED';

/** An expected failure. Its message is one line and names the fix. */
export class MeetError extends Error {
  override readonly name = 'MeetError';
  readonly code: ErrorCode;
  /** Machine-readable facts for the caller, never a secret. */
  readonly detail: Readonly<Record<string, unknown>> | undefined;

  /** By name: the commands are bundled one by one, and each bundle has this class once more. */
  static override [Symbol.hasInstance](value: unknown): boolean {
    return value instanceof Error && value.name === 'MeetError';
  }

  constructor(
    code: ErrorCode,
    message: string,
    options: { detail?: Record<string, unknown>; cause?: unknown } = {},
  ) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.detail = options.detail;
  }
}
