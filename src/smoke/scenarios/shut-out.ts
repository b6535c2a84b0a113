import { DEAD_ENDS, stateOf, tryAgain } from '../pages/own-screens.ts';
import type { Person } from '../people/person.ts';
import { smokeFailure } from '../phase.ts';
import { SECOND } from '../scene.ts';
import { pressLeave } from './press.ts';
import type { Stage } from './scenario.ts';
import { within } from './within.ts';

/**
 * Somebody who is inside leaves and tries to come back, and must be denied with that code. Gives the milliseconds until her
 * page said so. Throws SMOKE_FAILED when she gets in, or is told something else.
 */
export async function checkShutOut(
  { scene, signal, venue }: Stage,
  person: Person,
  { code, after }: { code: string; after: string },
): Promise<number> {
  await pressLeave(venue.driver, person, signal);
  const explain = () => `${after}, ${person.name} tried to come back: her page stayed '${stateOf(person)}'`;
  const { ending, pressedAt } = await within({ ms: 15 * SECOND, signal, explain }, limited =>
    tryAgain(person, [...DEAD_ENDS, 'joined'], { now: scene.options.now, signal: limited }),
  );
  if (ending.state === 'joined') throw smokeFailure(`${after}, ${person.name} left and got in again`);
  if (ending.state !== 'denied' || ending.code !== code)
    throw smokeFailure(
      `${after}, ${person.name} was to be denied with ${code}; her page was '${ending.state}' (${ending.code ?? 'no code'})`,
    );
  return ending.t - pressedAt;
}

/** Whoever is inside when a meeting closes stays there: SECURITY.md. Throws SMOKE_FAILED when somebody's page is elsewhere. */
export function checkInside(people: readonly Person[], after: string): void {
  for (const person of people)
    if (stateOf(person) !== 'joined')
      throw smokeFailure(
        `${after}, ${person.name}, who was inside, was not any more: her page was '${stateOf(person)}'`,
      );
}
