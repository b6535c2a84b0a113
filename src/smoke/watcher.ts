import type { Person } from './people/person.ts';
import type { PhaseResult } from './phase.ts';
import type { SmokeReport } from './report/report.ts';
import type { SmokeServer } from './scene.ts';
import type { Session } from './venue.ts';

export type ActKind = 'phase' | 'scenario';

/**
 * Somebody who looks on while a run goes on: evidence, runtime lint. A watcher never changes the run's course, and what goes
 * wrong in it must not fail the run; promises it keeps for itself are awaited by `close`.
 */
export interface Watcher {
  /** The private server answers. */
  onServer?(server: SmokeServer): void;
  /** People are about to meet there. */
  onSession?(session: Session): void;
  /** A person has a page; awaited before the page loads anything. */
  onPerson?(person: Person): Promise<void> | void;
  /** Phases of the run, and scenarios by their names; some names are both. */
  onStart?(name: string, kind: ActKind): void;
  onEnd?(result: Omit<PhaseResult, 'name'> & { readonly name: string }, kind: ActKind): void;
  /** A scenario has come to its end, and the pages of its people are about to be closed; awaited. */
  beforeParting?(name: string, ok: boolean): Promise<void>;
  /** Everything is over, nothing is closed yet; awaited. */
  close?(report: SmokeReport): Promise<void>;
}
