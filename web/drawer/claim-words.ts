import { LANGUAGE } from '../language.ts';
import type { Claims } from './claims.ts';
import { words } from './words.ts';

/** Seconds since the epoch (RFC 7519, 2: NumericDate). */
const TIMES = ['exp', 'iat', 'nbf'];
/** Of a token's own id, whoever sees it can say which token it was; a hash of a secret is no claim for the eye either. */
const SECRET = /(^|\.)(jti|nonce|sid)$|hash|token|secret|password|key$/i;

/** What a claim is called in words, if it has any; its last name counts, as in `data.user.uid`. */
export function sayName(path: string): string {
  const name = path.split('.').at(-1) ?? '';
  return Object.hasOwn(words.claims, name) ? (words.claims[name] ?? '') : '';
}

/** A claim's value to be shown. */
export function sayValue(path: string, value: Claims[string]): string {
  if (TIMES.includes(path) && typeof value === 'number') return sayTime(value * 1000);
  if (SECRET.test(path) && typeof value === 'string') return `${value.slice(0, 4)}… (${words.hidden})`;
  return value === '' ? '–' : String(value);
}

function sayTime(at: number): string {
  return new Intl.DateTimeFormat(LANGUAGE === 'de' ? 'de-DE' : 'en-GB', {
    dateStyle: 'medium',
    timeStyle: 'medium',
  }).format(at);
}
