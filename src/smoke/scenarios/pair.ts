import type { Person } from '../people/person.ts';
import type { Gathering, Stage } from './scenario.ts';

/** Two who have met: things happen to the first, and the second is asked what comes of it. */
export interface Pair extends Gathering {
  readonly alice: Person;
  readonly bob: Person;
}

export async function meetInPairs(
  stage: Pick<Stage, 'meet'>,
  options?: Parameters<Stage['meet']>[0],
): Promise<Pair> {
  const gathering = await stage.meet(options);
  const [alice, bob] = gathering.people;
  if (!alice || !bob) throw new Error('a scenario for two met fewer');
  return { ...gathering, alice, bob };
}
