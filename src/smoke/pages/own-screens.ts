import type { HappeningOf } from '../people/happening.ts';
import type { Person } from '../people/person.ts';

/** How a try to get in ended on our own page: a state of `body[data-state]`, its code, and when. */
export type Ending = HappeningOf<'state'>;

/** Where our page ends when somebody does not get in. */
export const DEAD_ENDS = ['denied', 'failed'];

/** The state that our page shows now; '' before it told one. */
export function stateOf({ chronicle }: Person): string {
  return chronicle.since('state').at(-1)?.state ?? '';
}

/**
 * Presses what leads back into the call, from "you left" or from a failure, and waits for one of the states. Gives that,
 * and when the button was pressed (epoch ms). Rejects with the signal's reason.
 */
export async function tryAgain(
  person: Person,
  states: readonly string[],
  { now, signal }: { now(): number; signal: AbortSignal },
): Promise<{ ending: Ending; pressedAt: number }> {
  const { chronicle, page } = person;
  if (stateOf(person) === 'failed') {
    const lobby = chronicle.until({
      kind: 'state',
      fits: ({ state }) => state === 'lobby',
      from: chronicle.mark(),
      signal,
    });
    await page.click('#retry');
    await lobby;
  }
  const button = stateOf(person) === 'left' ? '#rejoin' : '#join';
  const ended = chronicle.until({
    kind: 'state',
    fits: ({ state }) => states.includes(state),
    from: chronicle.mark(),
    signal,
  });
  const pressedAt = now();
  await page.click(button);
  return { ending: await ended, pressedAt };
}
