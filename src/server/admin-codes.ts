import { createHmac, randomBytes } from 'node:crypto';
import { MeetError } from '../core/errors.ts';
import type { CodeStore } from '../store/codes.ts';

const LIFETIME_MS = 15 * 60_000;

interface AdminKeys {
  readonly secret: string;
  readonly adminKey: string;
}

/** Under another secret or admin key no code of before is found: who changes them means to lock everybody out. */
function nameOf({ secret, adminKey }: AdminKeys): string {
  return `admin ${createHmac('sha256', secret).update(adminKey).digest('base64url')}`;
}

export interface AdminCode {
  readonly code: string;
  /** Epoch milliseconds. */
  readonly expiresAt: number;
}

/** One-time codes that open the home page as admin, at any server of the store: who asks one may be sent to another. */
export interface AdminCodes {
  /** A new code, which is good once; the one before it is dead from now on. */
  renew(): Promise<AdminCode>;
  /** Uses the code up. Throws `BAD_ADMIN_CODE`, the same for a wrong, a used and an old one. */
  redeem(code: string): Promise<void>;
}

/** At most one code is alive at a time, and none before the first `renew`. */
export function createAdminCodes(codes: CodeStore, keys: AdminKeys, now: () => number): AdminCodes {
  const name = nameOf(keys);
  return {
    async renew() {
      const made = { code: randomBytes(24).toString('base64url'), expiresAt: now() + LIFETIME_MS };
      await codes.put(name, made.code, made.expiresAt);
      return made;
    },
    async redeem(code) {
      // A wrong guess leaves the code alive: else anybody could keep its owner out.
      if (await codes.take(name, code, now())) return;
      throw new MeetError(
        'BAD_ADMIN_CODE',
        'This admin link was used already, or it has expired; get a new one with: meet admin',
      );
    },
  };
}
