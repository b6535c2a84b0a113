import type { Person } from '../../people/person.ts';
import type { TimelineEvent } from '../evidence.ts';
import type { RawConnection, RawSample } from '../sample.ts';
import type { PageLog } from './page-log.ts';
import type { Photographer } from './pictures.ts';

/** What is gathered of one tab while the run goes on. */
export interface PersonRecord {
  readonly person: Person;
  readonly log: PageLog;
  readonly samples: RawSample[];
  /** Null until the tab can be seen, and where it never can. */
  photographer: Photographer | null;
}

/** The latest that was heard of each connection. Pure. */
export function lastConnections(samples: readonly RawSample[]): RawConnection[] {
  const last = new Map<string, RawConnection>();
  for (const { connections } of samples)
    for (const connection of connections) last.set(connection.id, connection);
  return [...last.values()];
}

/** Every change of a connection's state that a sample saw. Pure. */
export function connectionEvents(samples: readonly RawSample[]): TimelineEvent[] {
  const states = new Map<string, string>();
  return samples.flatMap(({ t, connections }) =>
    connections.flatMap(({ id, state, ice }) => {
      const words = `connection ${state}, ICE ${ice}`;
      if (states.get(id) === words) return [];
      states.set(id, words);
      const tone = state === 'failed' || ice === 'failed' ? 'bad' : 'plain';
      return [{ t, kind: 'connection', text: words, tone } as const];
    }),
  );
}
