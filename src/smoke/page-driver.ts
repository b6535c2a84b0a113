import type { Person } from './people/person.ts';

/** A wait on a person's page: from where in the story, and until when. */
export interface DriverWait {
  readonly from?: number;
  readonly signal: AbortSignal;
}

/**
 * How a person gets into a page's call and out of it again, as a user does. Our page and any other page have one each;
 * what comes after (media, who sees whom) is the probe's, and the same for all pages. Failures are SMOKE_FAILED.
 */
export interface PageDriver {
  /** Opens the link and presses Join as soon as the page lets her; resolves once she is on her way in, and the page is known to be loaded. */
  enter(person: Person, url: string, signal: AbortSignal): Promise<void>;
  /** Until the page is in the call. */
  untilJoined(person: Person, wait: DriverWait): Promise<void>;
  /** Until the page has decided what becomes of somebody whom the browser refuses her devices; left out by pages that tell nothing. */
  untilSettled?(person: Person, wait: DriverWait): Promise<void>;
  /** Presses the leave button; resolves, once the page has left, to when it acted on it (milliseconds since the epoch). */
  leave(person: Person, signal: AbortSignal): Promise<number>;
  /** Comes back after leaving; resolves once she is in the call. */
  rejoin(person: Person, signal: AbortSignal): Promise<void>;
  /** Until the page has been told that somebody else left; a page that tells nothing resolves at once. */
  untilNoted(person: Person, wait: DriverWait): Promise<number>;
  /** Why people are not in the call; '' when all are. */
  explainStuck(people: readonly Person[]): Promise<string>;
  /** Why somebody who left is still there for another. */
  explainStaying(leaver: Person, other: Person, how: string): string;
  /** Milliseconds within which the others have to see that somebody is gone. */
  readonly goneBudgetMs: number;
}
