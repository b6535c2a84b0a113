import type { ErrorCode } from '../core/errors.ts';

export const EXIT_OK = 0;
export const EXIT_FAILED = 1;
export const EXIT_USAGE = 2;

/** Failures that asking differently mends are wrong usage; all that are not here exit with 1. */
const EXIT_CODES: Partial<Record<ErrorCode, number>> = {
  BAD_REQUEST: EXIT_USAGE,
  BAD_STRATEGY: EXIT_USAGE,
  BAD_ID: EXIT_USAGE,
  BAD_ZONE: EXIT_USAGE,
  BAD_DURATION: EXIT_USAGE,
  BAD_TIME: EXIT_USAGE,
  BAD_CONFIG: EXIT_USAGE,
  PORT_IN_USE: EXIT_USAGE,
  NO_BROWSER: 10,
};

/** The exit code for an expected failure. */
export function exitCodeOf(code: ErrorCode): number {
  return EXIT_CODES[code] ?? EXIT_FAILED;
}
