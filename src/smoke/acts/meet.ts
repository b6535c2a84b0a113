import type { Browser } from 'playwright-core';
import { explainCameras, explainMedia } from '../explain/explain-people.ts';
import { describeProfile, viewProfile } from '../explain/explain-profile.ts';
import { sends } from '../people/cast.ts';
import { inviteCompany } from '../people/company.ts';
import { peopleInside } from '../people/expect-media.ts';
import { proveMedia, readProofs } from '../people/media.ts';
import type { Person } from '../people/person.ts';
import type { PhaseName } from '../phase.ts';
import { type Scene, SECOND } from '../scene.ts';
import type { Session, Venue } from '../venue.ts';
import { countPeople, enterAll, splitByTime } from './come-in.ts';
import { describeRefusals } from './denied.ts';
import { letLateIn } from './late.ts';

/** Everybody with a tab, and the session they are for. */
export interface Opened {
  readonly session: Session;
  readonly people: readonly Person[];
  /** Milliseconds since the epoch. */
  readonly openedAt: number;
}

/** Opens all pages but those of the late, and presses Join on each as soon as it can be pressed. */
export async function openPages(
  scene: Scene,
  { driver }: Venue,
  { session, browser }: { session: Session; browser: Browser },
): Promise<Opened> {
  const { runner, options } = scene;
  const people: Person[] = [];
  return runner.run({
    name: 'page',
    limitMs: 20 * SECOND,
    async work(signal) {
      people.push(...(await inviteCompany(scene, () => browser, options.cast)));
      const openedAt = options.now();
      const { early } = splitByTime(options.cast, people);
      await enterAll(early, driver, { session, signal });
      return { value: { session, people, openedAt }, detail: `${countPeople(early)} open, Join pressed` };
    },
    explain: () => driver.explainStuck(peopleInside(splitByTime(options.cast, people).early)),
  });
}

/** Everybody in the call, every camera sending, and each proven to see and hear the others. */
export async function meet(scene: Scene, { driver }: Venue, opened: Opened): Promise<void> {
  const { people, openedAt } = opened;
  const { early, late } = splitByTime(scene.options.cast, people);
  await awaitJoined(scene, driver, peopleInside(early));
  const lateAt = late.length > 0 ? await letLateIn(scene, driver, { ...opened, early, late }) : null;
  await awaitCameras(scene, people);
  const refused = new Map<Person, string>();
  try {
    await awaitMedia(scene, {
      name: 'media',
      people,
      marks: new Map(),
      since: lateAt ?? openedAt,
      from: lateAt === null ? 'after opening' : 'after the late came',
      async afterwards(signal) {
        for (const [person, words] of await describeRefusals(people, driver, signal))
          refused.set(person, words);
        return [...refused.values()];
      },
    });
  } finally {
    for (const [person, proof] of await readProofs(people)) {
      const words = refused.get(person);
      scene.draft.media[person.name] = { ...proof, ...(words && { refused: words }) };
    }
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
      return { value: undefined, detail: `${countPeople(people)} in the call` };
    },
    explain: () => driver.explainStuck(people),
  });
}

async function awaitCameras({ runner, options }: Scene, people: readonly Person[]): Promise<void> {
  const filmed = people.filter(({ role }) => sends(role, 'video'));
  await runner.run({
    name: 'camera',
    limitMs: 10 * SECOND,
    async work(signal) {
      await Promise.all(filmed.map(({ chronicle }) => chronicle.until({ kind: 'sending', signal })));
      const detail = filmed.length > 0 ? `${countPeople(filmed)} send their picture` : 'nobody has one';
      const profile = options.cast.sameProfile ? `; ${describeProfile(await viewProfile(people))}` : '';
      return { value: undefined, detail: detail + profile };
    },
    explain: () => explainCameras(filmed, options.cast),
  });
}

export interface MediaPhase {
  readonly name: PhaseName;
  readonly people: readonly Person[];
  readonly marks: ReadonlyMap<Person, number>;
  /** Milliseconds since the epoch from which the frames are timed, and what happened then. */
  readonly since: number;
  readonly from: string;
  /** What else there is to say, once the media are proven. */
  afterwards?(signal: AbortSignal): Promise<readonly string[]>;
}

export function awaitMedia({ runner }: Scene, phase: MediaPhase): Promise<void> {
  const { name, people, marks, since, from, afterwards } = phase;
  return runner.run({
    name,
    limitMs: 15 * SECOND,
    async work(signal) {
      const provenAt = await proveMedia(people, { marks, signal });
      const proof = people.some(({ role }) => sends(role, 'video'))
        ? ['five frames each', 'hue, counter and tone are right']
        : ['a tone each', 'every tone is right'];
      const words = [
        `${proof[0]} ${provenAt - since} ms ${from}`,
        proof[1],
        ...((await afterwards?.(signal)) ?? []),
      ];
      return { value: undefined, detail: words.join('; ') };
    },
    explain: () => explainMedia(people, marks),
  });
}
