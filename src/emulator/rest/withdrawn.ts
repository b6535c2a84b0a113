/** Tokens that were logged out, until they would have expired anyway. */
export interface Withdrawn {
  /** `until` in milliseconds since the epoch. */
  add(id: string, until: number): void;
  has(id: string): boolean;
}

/** Far more logouts than a day of development has; beyond it the oldest is forgotten, so that nothing grows. */
const CAPACITY = 10_000;

/** `now` in milliseconds since the epoch. */
export function createWithdrawn(now: () => number, capacity = CAPACITY): Withdrawn {
  const ends = new Map<string, number>();
  const forgetExpired = () => {
    for (const [id, until] of ends) if (until <= now()) ends.delete(id);
  };
  return {
    add(id, until) {
      if (ends.size >= capacity) forgetExpired();
      // A Map keeps the order of insertion, so the first key is the oldest.
      const oldest = ends.size >= capacity ? ends.keys().next().value : undefined;
      if (oldest !== undefined) ends.delete(oldest);
      ends.set(id, until);
    },
    has: id => ends.has(id),
  };
}
