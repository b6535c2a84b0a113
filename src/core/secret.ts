import { createHash, timingSafeEqual } from 'node:crypto';

/** Hashed first, so that neither the time taken nor a difference in length tells anything about the secret. */
export function sameSecret(given: string, expected: string): boolean {
  const hash = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(hash(given), hash(expected));
}
