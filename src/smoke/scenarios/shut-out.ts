import { DEAD_ENDS, stateOf, tryAgain } from '../pages/own-screens.ts';
import type { Person } from '../people/person.ts';
import { smokeFailure } from '../phase.ts';
import { SECOND } from '../scene.ts';
import { pressLeave } from './press.ts';
import type { Stage } from './scenario.ts';
import { within } from './within.ts';

/** The server looks twice a second, and the page asks it why; the rest is patience with a busy machine. */
const PUT_OUT_MS = 10 * SECOND;

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

interface Closing {
  /** What puts everybody out. */
  by(): Promise<void>;
  readonly code: string;
  readonly after: string;
}

/**
 * People who are inside are put out, and their pages say why. Gives the milliseconds until the last one's did. Throws SMOKE_FAILED when
 * somebody stays, or is told something else.
 */
export async function checkPutOut(
  { scene, signal }: Stage,
  people: readonly Person[],
  { by, code, after }: Closing,
): Promise<number> {
  const from = new Map(people.map(({ chronicle }) => [chronicle, chronicle.mark()]));
  const since = scene.options.now();
  const explain = () =>
    `${after}, ${people.map(person => `${person.name}'s page was '${stateOf(person)}'`).join(' and ')}`;
  const outcomes = await within({ ms: PUT_OUT_MS, signal, explain }, async limited => {
    await by();
    return Promise.all(
      people.map(({ chronicle }) =>
        chronicle.until({
          kind: 'state',
          fits: ({ state }) => DEAD_ENDS.includes(state),
          from: from.get(chronicle) ?? 0,
          signal: limited,
        }),
      ),
    );
  });
  for (const [i, { state, code: told }] of outcomes.entries())
    if (state !== 'denied' || told !== code)
      throw smokeFailure(
        `${after}, ${people[i]?.name} was to be put out with ${code}; the page was '${state}' (${told ?? 'no code'})`,
      );
  return Math.max(...outcomes.map(({ t }) => t)) - since;
}

/** Whoever is inside when a meeting expires stays there: SECURITY.md. Throws SMOKE_FAILED when somebody's page is elsewhere. */
export function checkInside(people: readonly Person[], after: string): void {
  for (const person of people)
    if (stateOf(person) !== 'joined')
      throw smokeFailure(
        `${after}, ${person.name}, who was inside, was not any more: her page was '${stateOf(person)}'`,
      );
}
