import { rejectOn } from '../signals.ts';
import type { Happening, HappeningKind, HappeningOf } from './happening.ts';

/** Everything one page has told, in order, and the waits for what it will tell. */
export interface Chronicle {
  add(happening: Happening): void;
  /** Where the story stands now; a wait from here sees only what comes after. */
  mark(): number;
  /** Everything that was told, oldest first. */
  all(): readonly Happening[];
  /** What was told since a mark. */
  since<K extends HappeningKind>(kind: K, from?: number): HappeningOf<K>[];
  /**
   * The first happening of a kind that fits, told or still to come. Arm it before the action that causes it.
   * Rejects with the signal's reason.
   */
  until<K extends HappeningKind>(wait: Wait<K>): Promise<HappeningOf<K>>;
}

export interface Wait<K extends HappeningKind> {
  readonly kind: K;
  readonly from?: number;
  readonly fits?: (happening: HappeningOf<K>) => boolean;
  readonly signal: AbortSignal;
}

export function createChronicle(): Chronicle {
  const told: Happening[] = [];
  const listeners = new Set<() => void>();

  const since = <K extends HappeningKind>(kind: K, from = 0) =>
    told.slice(from).filter((happening): happening is HappeningOf<K> => happening.kind === kind);

  return {
    add(happening) {
      told.push(happening);
      for (const listener of [...listeners]) listener();
    },
    mark: () => told.length,
    all: () => told,
    since,
    until({ kind, from = 0, fits = () => true, signal }) {
      let check = () => {};
      const found = new Promise<HappeningOf<typeof kind>>(resolve => {
        check = () => {
          const happening = since(kind, from).find(fits);
          if (happening) resolve(happening);
        };
      });
      listeners.add(check);
      check();
      const wait = Promise.race([found, rejectOn(signal)]).finally(() => listeners.delete(check));
      // A wait armed for an action that failed is nobody's any more.
      wait.catch(() => {});
      return wait;
    },
  };
}
