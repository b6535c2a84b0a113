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

export function failureText(code: string): { title: string; text: string } {
  const { failures } = texts;
  return code in failures ? failures[code as keyof typeof failures] : failures.OTHER;
}
