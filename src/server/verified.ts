import { hash } from 'node:crypto';
import type { JWTPayload } from 'jose';
import { createNewest } from '../core/newest.ts';

interface Shown {
  readonly kind: string;
  readonly secret: string;
  readonly token: string;
  /** Epoch milliseconds. */
  readonly now: number;
}

/**
 * What tokens say whose signature and kind were checked before: somebody who joins shows the same one several times. Named
 * by their SHA-256, since a lookup by the token itself would tell by its time how much of one was guessed.
 */
export interface Verified {
  find(shown: Shown): JWTPayload | null;
  add(shown: Shown, payload: JWTPayload): void;
}

/** Remembers the newest `capacity` tokens. */
export function createVerified(capacity: number): Verified {
  const payloads = createNewest<JWTPayload>(capacity);
  return {
    find(shown) {
      const payload = payloads.get(nameOf(shown));
      // By each question's own clock, as the first check was (RFC 7519, 4.1.4).
      return payload && (payload.exp ?? 0) > Math.floor(shown.now / 1000) ? payload : null;
    },
    add: (shown, payload) => payloads.set(nameOf(shown), payload),
  };
}

/** The secret is part of the name: a token passes under the one it was checked with, and no other. */
function nameOf({ kind, secret, token }: Shown): string {
  return hash('sha256', `${kind}\0${secret}\0${token}`, 'base64url');
}
