import type { PageDriver } from '../page-driver.ts';
import type { Cast } from '../people/cast.ts';
import type { Person } from '../people/person.ts';
import type { Session } from '../venue.ts';

/** Those who are there from the beginning, and those who come when the others are in the call. */
export function splitByTime(
  { members }: Cast,
  people: readonly Person[],
): { early: Person[]; late: Person[] } {
  const isLate = ({ name }: Person) => members.some(member => member.late && member.name === name);
  return { early: people.filter(person => !isLate(person)), late: people.filter(isLate) };
}

/**
 * Opens the page for each and presses Join. Whoever is denied her devices only tries: a page may well keep her out, and
 * what it shows her is looked at later.
 */
export async function enterAll(
  people: readonly Person[],
  driver: PageDriver,
  { session, signal }: { session: Session; signal: AbortSignal },
): Promise<void> {
  await Promise.all(
    people.map(person => {
      const entering = driver.enter(person, session.linkFor(person.name), signal);
      if (person.role !== 'denied') return entering;
      entering.catch(() => {});
      return undefined;
    }),
  );
}

/** How many, in words. */
export function countPeople(people: readonly { readonly name: string }[]): string {
  if (people.length === 1) return `${people[0]?.name}`;
  return people.length === 2 ? 'both' : `all ${people.length}`;
}
