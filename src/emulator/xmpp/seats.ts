/** One live occupant per call token, and the same occupant back for a while after its socket was lost. */
export interface Seats {
  /** Whether a socket may open with this token. */
  admits(tokenId: string, expired: boolean): boolean;
  /** Takes the token's seat; false when somebody sits there. */
  take(tokenId: string): boolean;
  release(tokenId: string): void;
  /** Whether somebody sits there, also one whose socket was just lost. */
  isTaken(tokenId: string): boolean;
  /** Nobody sits there again, nor comes back to it. */
  shut(tokenId: string): void;
}

/** A call token is refused by its age long before. */
const SHUT_MS = 60 * 60_000;

/** How long a lost occupant may come back, in milliseconds; the SDK tries for about as long. */
const GRACE_MS = 60_000;

/** `now` in milliseconds. */
export function createSeats(now: () => number, graceMs = GRACE_MS): Seats {
  const taken = new Set<string>();
  const leftAt = new Map<string, number>();
  const shutAt = new Map<string, number>();

  const forgetOld = () => {
    for (const [tokenId, at] of leftAt) if (now() - at > graceMs) leftAt.delete(tokenId);
    for (const [tokenId, at] of shutAt) if (now() - at > SHUT_MS) shutAt.delete(tokenId);
  };

  return {
    admits(tokenId, expired) {
      forgetOld();
      if (shutAt.has(tokenId)) return false;
      return !expired || taken.has(tokenId) || leftAt.has(tokenId);
    },
    take(tokenId) {
      if (taken.has(tokenId) || shutAt.has(tokenId)) return false;
      taken.add(tokenId);
      leftAt.delete(tokenId);
      return true;
    },
    release(tokenId) {
      if (taken.delete(tokenId)) leftAt.set(tokenId, now());
    },
    isTaken: tokenId => taken.has(tokenId),
    shut(tokenId) {
      taken.delete(tokenId);
      leftAt.delete(tokenId);
      shutAt.set(tokenId, now());
    },
  };
}
