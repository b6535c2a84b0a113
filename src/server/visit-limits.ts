import type { Meeting } from '../core/meeting.ts';
import type { Decision } from '../core/policy.ts';
import type { Limiter } from './limiter.ts';
import { visitorNetwork } from './networks.ts';
import { type RateLimits, tooMany, WINDOW_MS } from './rate-limits.ts';

/** Whom a visit is counted for. */
export interface CountedVisit {
  readonly sessionId: string;
  readonly address: string | undefined;
  readonly key: string | undefined;
}

/** What one address may not tell apart: many people behind one, one person behind many. All throw `RATE_LIMITED`. */
export interface VisitLimits {
  /** Counts a visit for its identity, if it has one; before anything is decided. */
  count(kind: 'join' | 'view', visit: CountedVisit, identityId: string | undefined): void;
  /**
   * Counts for the meeting who is let in: strangers, who are not, must not keep others out. Counts a wrong key of a link too;
   * too many from one place, and no key of this meeting is looked at from there for a while.
   */
  learn(kind: 'join' | 'view', visit: CountedVisit, meeting: Meeting | null, decision: Decision): void;
}

/** Both in a minute; a page that joins asks twice. */
const identityLimit = ({ visits }: RateLimits): number => Math.min(2 * visits, Math.max(60, visits / 5));
const meetingLimit = ({ visits }: RateLimits): number => 10 * visits;

/** A class with an old link behind one address: each of 30 tries once. A key has 126 random bits. */
const guessLimit = ({ visits }: RateLimits): number => Math.min(visits, Math.max(30, visits / 20));

export function createVisitLimits(limiter: Limiter, limits: RateLimits): VisitLimits {
  const check = (name: string, most: number) => {
    const { current, ttl } = limiter.hit(name, WINDOW_MS);
    if (current > most) throw tooMany(ttl);
  };
  const guessesOf = ({ sessionId, address }: CountedVisit) => `key ${visitorNetwork(address)} ${sessionId}`;
  return {
    count(kind, visit, identityId) {
      if (identityId !== undefined) check(`${kind} by ${identityId}`, identityLimit(limits));
      if (visit.key === undefined) return;
      const { current, ttl } = limiter.look(guessesOf(visit));
      if (current >= guessLimit(limits)) throw tooMany(ttl);
    },
    learn(kind, visit, meeting, decision) {
      if (decision.ok) check(`${kind} of ${visit.sessionId}`, meetingLimit(limits));
      const guessed = visit.key !== undefined && meeting?.access === 'link' && meeting.key !== null;
      if (guessed && !decision.ok && decision.code === 'NOT_ALLOWED')
        limiter.hit(guessesOf(visit), WINDOW_MS);
    },
  };
}
