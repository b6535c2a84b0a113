import { MeetError } from '../../core/errors.ts';
import type { Clock } from './clock.ts';
import { type Effect, type Fault, type FaultSpec, isFor, type Person } from './fault.ts';

/** The faults that are on, and their ends. */
export interface Book {
  /** Throws `BAD_REQUEST` when there are too many. */
  add(spec: FaultSpec): Fault;
  list(): readonly Fault[];
  /** False when there is none of this id. */
  remove(id: string): boolean;
  /** Ends all; answers how many there were. */
  clear(): number;
  /** Those of a kind, and for this person where one is given, oldest first. */
  find<K extends Effect['kind']>(kind: K, person?: Partial<Person>): Fault<Extract<Effect, { kind: K }>>[];
  /** Called after every change. */
  watch(listener: () => void): void;
}

export interface BookOptions {
  readonly clock: Clock;
  /** Milliseconds since the epoch, for what is told to people. */
  readonly now: () => number;
}

/** Each datagram's link is looked up in all of them at every change. */
export const MOST_FAULTS = 1000;

export function createBook({ clock, now }: BookOptions): Book {
  const faults = new Map<string, { readonly fault: Fault; readonly cancel: () => void }>();
  const listeners: (() => void)[] = [];
  let made = 0;

  const changed = () => {
    for (const listener of listeners) listener();
  };
  const remove = (id: string): boolean => {
    faults.get(id)?.cancel();
    const known = faults.delete(id);
    if (known) changed();
    return known;
  };

  return {
    add({ forMs, ...spec }) {
      if (faults.size >= MOST_FAULTS)
        throw new MeetError('BAD_REQUEST', `There are ${MOST_FAULTS} faults already; clear some.`);
      made += 1;
      const id = `f${made}`;
      const createdAt = now();
      const until = forMs === null ? null : createdAt + forMs;
      const sessionId = spec.sessionId?.toLowerCase() ?? null;
      const fault: Fault = { ...spec, sessionId, id, createdAt, until };
      const cancel = forMs === null ? () => {} : clock.after(forMs, () => remove(id));
      faults.set(id, { fault, cancel });
      changed();
      return fault;
    },
    list: () => [...faults.values()].map(({ fault }) => fault),
    remove,
    clear() {
      const count = faults.size;
      for (const { cancel } of faults.values()) cancel();
      faults.clear();
      changed();
      return count;
    },
    find<K extends Effect['kind']>(kind: K, person?: Partial<Person>) {
      if (faults.size === 0) return [];
      const isMeant = (fault: Fault): fault is Fault<Extract<Effect, { kind: K }>> =>
        fault.kind === kind && (!person || isFor(fault, person));
      return [...faults.values()].map(({ fault }) => fault).filter(isMeant);
    },
    watch: listener => void listeners.push(listener),
  };
}
