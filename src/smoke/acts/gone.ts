import type { DriverWait, PageDriver } from '../page-driver.ts';
import { peopleInside, signOf } from '../people/expect-media.ts';
import type { Person } from '../people/person.ts';
import { recogniseHue, recogniseTone } from '../people/recognise.ts';
import { smokeFailure } from '../phase.ts';

/** Somebody's going, in whatever way. */
export interface Departure {
  readonly people: readonly Person[];
  readonly leaver: Person;
  /** As in "alice left by the button". */
  readonly how: string;
  /** Makes the leaver go; resolves to the instant of going, in milliseconds since the epoch. */
  act(signal: AbortSignal): Promise<number>;
}

/**
 * Milliseconds from somebody's going until everybody else's page has noted it and shows the leaver no more. Throws
 * SMOKE_FAILED when it took longer than the budget.
 */
export async function timeGone(
  driver: PageDriver,
  { people, leaver, how, act }: Departure,
  { budgetMs, signal }: { budgetMs: number; signal: AbortSignal },
): Promise<number> {
  const others = othersThan(leaver, people);
  const gone = others.flatMap(other => {
    const wait = { from: other.chronicle.mark(), signal };
    return [driver.untilNoted(other, wait), untilMissed(other, leaver, { people, ...wait })];
  });
  // Whoever waits no more because the act failed has nothing to say.
  for (const wait of gone) wait.catch(() => {});
  const wentAt = await act(signal);
  // The probe looks every few milliseconds: the others' may look before the leaver's.
  const ms = Math.max(0, Math.max(...(await Promise.all(gone))) - wentAt);
  if (ms <= budgetMs) return ms;
  throw smokeFailure(
    `${leaver.name} ${how}; ${namesOf(others)} saw it only after ${ms} ms, ${budgetMs} are allowed`,
  );
}

interface Missing extends DriverWait {
  readonly people: readonly Person[];
}

/** Until somebody's picture, or the tone of somebody without one, has gone; resolves to when. */
async function untilMissed(
  { chronicle }: Person,
  leaver: Person,
  { people, ...wait }: Missing,
): Promise<number> {
  const gone =
    signOf(leaver) === 'video'
      ? chronicle.until({ kind: 'unseen', fits: ({ hue }) => recogniseHue(hue, people) === leaver, ...wait })
      : chronicle.until({
          kind: 'unheard',
          fits: ({ hertz }) => recogniseTone(hertz, people) === leaver,
          ...wait,
        });
  return (await gone).t;
}

/** The others in the call, who can witness what somebody does. */
export function othersThan(person: Person, people: readonly Person[]): Person[] {
  return peopleInside(people).filter(other => other !== person);
}

/** `bob and carol`. */
export function namesOf(people: readonly Person[]): string {
  return people.map(({ name }) => name).join(' and ');
}
