import type { Browser } from 'playwright-core';
import type { CastMember } from '../people/cast.ts';
import type { Person } from '../people/person.ts';
import type { Scene } from '../scene.ts';
import type { Session, Venue } from '../venue.ts';

/** What a scenario has to work with: people of its own, in a session of its own. */
export interface Stage {
  readonly scene: Scene;
  readonly venue: Venue;
  readonly browser: Browser;
  /** Ends the scenario's waits. */
  readonly signal: AbortSignal;
  /** New people in a new session (or the given one), joined, and proven to see and hear each other. Two unless said. */
  meet(options?: {
    readonly members?: readonly CastMember[];
    readonly session?: Session;
    /** Called for each before her page loads anything. */
    readonly onPerson?: (person: Person) => void;
    /** Whose browser is another than the run's. */
    readonly browserOf?: (member: CastMember) => Browser;
  }): Promise<Gathering>;
}

export interface Gathering {
  readonly session: Session;
  readonly people: readonly Person[];
}

export interface Verdict {
  readonly name: string;
  readonly ok: boolean;
  /** True when it could not be tried here; `detail` says why. Not a failure. */
  readonly skipped?: boolean;
  readonly ms: number;
  readonly detail: string;
  /** Named measurements in milliseconds, like `{goneMs: 53}`. */
  readonly figures: Readonly<Record<string, number>>;
}

export interface Scenario {
  /** Kebab-case, as `--only` takes it. */
  readonly name: string;
  /** One line, for the list. */
  readonly title: string;
  /** Beside what its page is given to notice that somebody is gone (`goneBudgetMs`). */
  readonly limitMs: number;
  /** Why it cannot be tried here; null when it can. */
  unfit(stage: Pick<Stage, 'scene' | 'venue'>): string | null;
  /** Throws SMOKE_FAILED with what went wrong. */
  play(stage: Stage): Promise<Outcome>;
}

export interface Outcome {
  readonly detail: string;
  readonly figures?: Readonly<Record<string, number>>;
  /** Only once the page was open it could be seen that there is nothing to try, like a button. */
  readonly skipped?: true;
}
