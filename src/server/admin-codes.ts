import { randomBytes } from 'node:crypto';
import { MeetError } from '../core/errors.ts';
import { sameSecret } from '../core/secret.ts';

const LIFETIME_MS = 15 * 60_000;

export interface AdminCode {
  readonly code: string;
  /** Epoch milliseconds. */
  readonly expiresAt: number;
}

/** One-time codes that open the home page as admin. Kept in memory only: a restart forgets them. */
export interface AdminCodes {
  /** A new code, which is good once; the one before it is dead from now on. */
  renew(): AdminCode;
  /** Uses the code up. Throws `BAD_ADMIN_CODE`, the same for a wrong, a used and an old one. */
  redeem(code: string): void;
}

/** At most one code is alive at a time, and none before the first `renew`. */
export function createAdminCodes(now: () => number): AdminCodes {
  let current: AdminCode | null = null;
  return {
    renew() {
      current = { code: randomBytes(24).toString('base64url'), expiresAt: now() + LIFETIME_MS };
      return current;
    },
    redeem(code) {
      // A wrong guess leaves the code alive: else anybody could keep its owner out.
      const isGood = current !== null && sameSecret(code, current.code) && now() < current.expiresAt;
      if (!isGood) {
        throw new MeetError(
          'BAD_ADMIN_CODE',
          'This admin link was used already, or it has expired; get a new one with: meet admin',
        );
      }
      current = null;
    },
  };
}
