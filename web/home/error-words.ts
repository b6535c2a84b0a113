import { ApiError } from '../api.ts';
import { texts } from './texts.ts';

/** What went wrong, with what mends it, in the visitor's language where we know the failure. */
export function sayError(error: unknown): string {
  if (!(error instanceof ApiError)) throw error;
  const { code, message, status } = error;
  const { errors } = texts;
  if (code in errors) return errors[code as keyof typeof errors];
  // The server's own words are English, but they name the field and the fix.
  return status < 500 && message ? `${message} (${code})` : errors.SERVER_ERROR;
}

export function codeOf(error: unknown): string {
  return error instanceof ApiError ? error.code : '';
}
