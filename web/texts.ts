import { inLanguage } from './language.ts';
import { de } from './texts/de.ts';
import { en, type Texts } from './texts/en.ts';

/** What the join page says, in the visitor's language. */
export const texts: Texts = inLanguage({ en, de });

export type DenialCode = keyof Texts['denials'];
export type LeftReason = keyof Texts['left'];
export type Step = keyof Texts['steps'];

export function isDenial(code: string): code is DenialCode {
  return code in texts.denials;
}

type FailureCode = keyof Texts['failures'];

/** Codes of the server that come to the same for a visitor. */
const SAME: Readonly<Record<string, FailureCode>> = {
  INTERNAL: 'SERVER_ERROR',
  UNAVAILABLE: 'SERVER_ERROR',
  STORE_FAILED: 'SERVER_ERROR',
  BAD_HOST: 'WRONG_ADDRESS',
  BAD_ORIGIN: 'WRONG_ADDRESS',
  BODY_TOO_LARGE: 'BAD_REQUEST',
  NOT_JSON: 'BAD_REQUEST',
  NOT_FOUND: 'SERVER_ERROR',
  COMETCHAT_BUSY: 'COMETCHAT_UNREACHABLE',
  COMETCHAT_DOWN: 'COMETCHAT_UNREACHABLE',
  USER_UNKNOWN: 'COMETCHAT_FAILED',
};

/** What is said of a failure; of one that nobody has foreseen, that it was one. */
export function failureText(code: string): { title: string; text: string } {
  const { failures } = texts;
  return failures[code in failures ? (code as FailureCode) : (SAME[code] ?? 'OTHER')];
}
