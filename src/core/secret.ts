import { hash, timingSafeEqual } from 'node:crypto';

/** Hashed first, so that neither the time taken nor a difference in length tells anything about the secret. */
export function sameSecret(given: string, expected: string): boolean {
  return timingSafeEqual(hash('sha256', given, 'buffer'), hash('sha256', expected, 'buffer'));
}
