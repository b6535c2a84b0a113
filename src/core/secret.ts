import { timingSafeEqual } from 'node:crypto';

/**
 * Takes as long wherever the first difference is. What a stranger may learn is how long a secret is: the docs say that of ours,
 * and a secret that a length gives away is none.
 */
export function sameSecret(given: string, expected: string): boolean {
  const [mine, theirs] = [Buffer.from(expected), Buffer.from(given)];
  return mine.length === theirs.length && timingSafeEqual(mine, theirs);
}
