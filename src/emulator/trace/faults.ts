import type { Fault } from '../faults/fault.ts';
import type { Faults } from '../faults/faults.ts';
import type { Trace } from './trace.ts';

/** Tells of faults that are put in and over, in the session they are for; one for everybody in each that was heard of. */
export function traceFaults(faults: Pick<Faults, 'list' | 'watch'>, trace: Trace): void {
  let known: readonly Fault[] = [];

  const tell = (state: 'on' | 'over', { id, kind, sessionId, uid, createdAt, until, ...effect }: Fault) => {
    const set = Object.entries(effect).filter(
      ([, value]) => value !== null && value !== 0 && value !== false,
    );
    const detail = { who: uid, state, id, fault: kind, ...(state === 'on' && Object.fromEntries(set)) };
    const seconds = until === null || state === 'over' ? undefined : (until - createdAt) / 1000;
    const sessions = sessionId === null ? trace.sessions() : [sessionId];
    for (const session of sessions.length > 0 ? sessions : [''])
      trace.emit(session, 'fault', { ...detail, seconds });
  };
  faults.watch(() => {
    const current = faults.list();
    const isIn = (list: readonly Fault[]) => (fault: Fault) => list.some(({ id }) => id === fault.id);
    const [added, over] = [
      current.filter(fault => !isIn(known)(fault)),
      known.filter(fault => !isIn(current)(fault)),
    ];
    known = current;
    for (const fault of added) tell('on', fault);
    for (const fault of over) tell('over', fault);
  });
}
