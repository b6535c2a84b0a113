import { webcrypto } from 'node:crypto';
import { createNewest } from '../core/newest.ts';

/** A process has one secret, and the one of its admins; tests have more. */
const keys = createNewest<Promise<webcrypto.CryptoKey>>(16);

/** The key of a secret for HS256. Imported once: jose would import a plain secret anew for each token, at half its whole cost. */
export function hmacKeyOf(secret: string): Promise<webcrypto.CryptoKey> {
  const known = keys.get(secret);
  if (known) return known;
  const bytes = new TextEncoder().encode(secret);
  const key = webcrypto.subtle.importKey('raw', bytes, { name: 'HMAC', hash: 'SHA-256' }, false, [
    'sign',
    'verify',
  ]);
  keys.set(secret, key);
  return key;
}
