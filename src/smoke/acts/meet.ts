import type { Browser } from 'playwright-core';
import { readProbe } from '../browser/launch.ts';
import { explainCameras, explainMedia, explainStuckPeople } from '../explain/explain-people.ts';
import { proveMedia, readProofs } from '../people/media.ts';
import { openAndJoin, reachState } from '../people/page-actions.ts';
import { invitePerson, type Person, SIGNALS } from '../people/person.ts';
import type { PhaseName } from '../phase.ts';
import { type Couple, type House, type Scene, SECOND } from '../scene.ts';

/** Opens both pages and presses Join on both as soon as they can be pressed; returns when they were opened. */
export async function openPages(
  { runner, options }: Scene,
  { meetings }: House,
  browser: Browser,
): Promise<{ couple: Couple; openedAt: number }> {
  const people: Person[] = [];
  return runner.run({
    name: 'page',
    limitMs: 20 * SECOND,
    async work(signal) {
      const probe = await readProbe(options.probeFile);
      const invite = (name: keyof typeof SIGNALS) =>
        invitePerson(browser, {
          name,
          signal: SIGNALS[name],
          probe,
          onCrash: () => runner.collapse(`${name}'s tab crashed`),
        });
      const [alice, bob] = await Promise.all([invite('alice'), invite('bob')]);
      people.push(alice, bob);
      const openedAt = options.now();
      await Promise.all(
        people.map(async person => {
          // Armed first, so that a page that ends in a denial is not waited for at its button.
          const joining = reachState(person, 'joining', { signal });
          await Promise.race([openAndJoin(person, meetings.main.url), joining]);
          await joining;
        }),
      );
      return { value: { couple: { alice, bob }, openedAt }, detail: 'both open, Join pressed' };
    },
    explain: () => explainStuckPeople(people),
  });
}

/** Both in the call, both cameras sending, and each proven to see and hear the other. */
export async function meet(scene: Scene, couple: Couple, openedAt: number): Promise<void> {
  const people = [couple.alice, couple.bob];
  await awaitJoined(scene, people);
  await awaitCameras(scene, people);
  try {
    const from = 'after opening';
    await awaitMedia(scene, { name: 'media', people, marks: new Map(), since: openedAt, from });
  } finally {
    for (const [person, proof] of await readProofs(people)) scene.draft.media[person.name] = proof;
  }
}

async function awaitJoined({ runner }: Scene, people: readonly Person[]): Promise<void> {
  await runner.run({
    name: 'join',
    limitMs: 20 * SECOND,
    async work(signal) {
      await Promise.all(people.map(person => reachState(person, 'joined', { signal })));
      return { value: undefined, detail: 'both in the call' };
    },
    explain: () => explainStuckPeople(people),
  });
}

async function awaitCameras({ runner }: Scene, people: readonly Person[]): Promise<void> {
  await runner.run({
    name: 'camera',
    limitMs: 10 * SECOND,
    async work(signal) {
      await Promise.all(people.map(({ chronicle }) => chronicle.until({ kind: 'sending', signal })));
      return { value: undefined, detail: 'both send their picture' };
    },
    explain: () => explainCameras(people),
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
