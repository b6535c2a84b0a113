import type { Browser } from 'playwright-core';
import { explainCameras, explainMedia } from '../explain/explain-people.ts';
import { sends } from '../people/cast.ts';
import { inviteCompany } from '../people/company.ts';
import { proveMedia, readProofs } from '../people/media.ts';
import type { Person } from '../people/person.ts';
import type { PhaseName } from '../phase.ts';
import { type Scene, SECOND } from '../scene.ts';
import type { Session, Venue } from '../venue.ts';

/** Opens all pages and presses Join on each as soon as it can be pressed; returns when they were opened. */
export async function openPages(
  scene: Scene,
  { driver }: Venue,
  { session, browser }: { session: Session; browser: Browser },
): Promise<{ people: readonly Person[]; openedAt: number }> {
  const { runner, options } = scene;
  const people: Person[] = [];
  return runner.run({
    name: 'page',
    limitMs: 20 * SECOND,
    async work(signal) {
      people.push(...(await inviteCompany(scene, () => browser, options.cast)));
      const openedAt = options.now();
      await Promise.all(people.map(person => driver.enter(person, session.linkFor(person.name), signal)));
      return { value: { people, openedAt }, detail: `${count(people)} open, Join pressed` };
    },
    explain: () => driver.explainStuck(people),
  });
}

/** Everybody in the call, every camera sending, and each proven to see and hear the others. */
export async function meet(
  scene: Scene,
  { driver }: Venue,
  { people, openedAt }: { people: readonly Person[]; openedAt: number },
): Promise<void> {
  await awaitJoined(scene, driver, people);
  await awaitCameras(scene, people);
  try {
    const from = 'after opening';
    await awaitMedia(scene, { name: 'media', people, marks: new Map(), since: openedAt, from });
  } finally {
    for (const [person, proof] of await readProofs(people)) scene.draft.media[person.name] = proof;
  }
}

async function awaitJoined(
  { runner }: Scene,
  driver: Venue['driver'],
  people: readonly Person[],
): Promise<void> {
  await runner.run({
    name: 'join',
    limitMs: 20 * SECOND,
    async work(signal) {
      await Promise.all(people.map(person => driver.untilJoined(person, { signal })));
      return { value: undefined, detail: `${count(people)} in the call` };
    },
    explain: () => driver.explainStuck(people),
  });
}

async function awaitCameras({ runner }: Scene, people: readonly Person[]): Promise<void> {
  const filmed = people.filter(({ role }) => sends(role, 'video'));
  await runner.run({
    name: 'camera',
    limitMs: 10 * SECOND,
    async work(signal) {
      await Promise.all(filmed.map(({ chronicle }) => chronicle.until({ kind: 'sending', signal })));
      return { value: undefined, detail: `${count(filmed)} send their picture` };
    },
    explain: () => explainCameras(filmed),
  });
}

export interface MediaPhase {
  readonly name: PhaseName;
  readonly people: readonly Person[];
  readonly marks: ReadonlyMap<Person, number>;
  /** Milliseconds since the epoch from which the frames are timed, and what happened then. */
  readonly since: number;
  readonly from: string;
}

export function awaitMedia({ runner }: Scene, phase: MediaPhase): Promise<void> {
  const { name, people, marks, since, from } = phase;
  return runner.run({
    name,
    limitMs: 15 * SECOND,
    async work(signal) {
      const decodedAt = await proveMedia(people, { marks, signal });
      return {
        value: undefined,
        detail: `five frames each ${decodedAt - since} ms ${from}; hue, counter and tone are right`,
      };
    },
    explain: () => explainMedia(people, marks),
  });
}

function count(people: readonly Person[]): string {
  return people.length === 2 ? 'both' : `all ${people.length}`;
}
