import type { Person } from '../people/person.ts';
import { type Impression, STILL_MS, untilImpression } from '../people/senses.ts';
import { SECOND } from '../scene.ts';
import { within } from './within.ts';

export interface Life {
  readonly people: readonly Person[];
  /** Milliseconds since the epoch. */
  readonly since: number;
  readonly ms?: number;
  readonly signal: AbortSignal;
  /** What has happened, as in "after the outage". */
  readonly after: string;
}

/** Waits until everybody sees everybody else move, and hears them, after an instant; gives when the last did (epoch ms). */
export async function untilAlive({ people, since, ms = 30 * SECOND, signal, after }: Life): Promise<number> {
  const ways = waysBetween(people);
  const missing = new Set(ways);
  const explain = () =>
    `${after}, ${[...missing].map(({ observer, sender }) => `${observer.name} does not see and hear ${sender.name}`).join(' and ')}`;
  const times = await within({ ms, signal, explain }, limited =>
    Promise.all(
      ways.map(async way => {
        const isAlive = ({ movedAt, heardAt }: Impression) => movedAt > since && heardAt > since;
        const { t } = await untilImpression({ ...way, people, signal: limited }, isAlive);
        missing.delete(way);
        return t;
      }),
    ),
  );
  return Math.max(...times);
}

/** Waits until nobody sees anybody move any more; gives when that was noticed of the last (epoch ms). */
export async function untilStill({
  people,
  since,
  ms = 10 * SECOND,
  signal,
}: Omit<Life, 'after'>): Promise<number> {
  const explain = () => 'the fault was not felt: the pictures went on moving';
  const stills = await within({ ms, signal, explain }, limited =>
    Promise.all(
      waysBetween(people).map(way =>
        untilImpression(
          { ...way, people, signal: limited },
          ({ t, movedAt }) => t - Math.max(movedAt, since) > STILL_MS,
        ),
      ),
    ),
  );
  return Math.max(...stills.map(({ t }) => t));
}

function waysBetween(people: readonly Person[]): { observer: Person; sender: Person }[] {
  return people.flatMap(observer =>
    people.filter(person => person !== observer).map(sender => ({ observer, sender })),
  );
}
