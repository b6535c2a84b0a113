import { markAll } from '../people/media.ts';
import type { Person } from '../people/person.ts';
import { recogniseHue } from '../people/recognise.ts';
import { type PhaseName, smokeFailure } from '../phase.ts';
import { type Scene, SECOND } from '../scene.ts';
import type { Venue } from '../venue.ts';
import { awaitQuiet } from './clean-up.ts';
import { awaitMedia } from './meet.ts';

/** The first of the people leaves by the page's own button, and comes back. */
export async function leaveAndRejoin(scene: Scene, venue: Venue, people: readonly Person[]): Promise<void> {
  const [leaver] = people;
  if (!leaver) return;
  scene.draft.leave.gracefulMs = await awaitGone(scene, venue, {
    name: 'leave',
    people,
    leaver,
    how: 'left by the button',
    async act(signal) {
      const from = leaver.chronicle.mark();
      const leftAt = await venue.driver.leave(leaver, signal);
      await awaitQuiet(leaver, from, signal);
      return leftAt;
    },
  });
  const marks = markAll(people);
  const since = scene.options.now();
  await rejoin(scene, venue, leaver);
  await awaitMedia(scene, { name: 'media again', people, marks, since, from: 'after rejoining' });
}

async function rejoin({ runner }: Scene, { driver }: Venue, leaver: Person): Promise<void> {
  await runner.run({
    name: 'rejoin',
    limitMs: 20 * SECOND,
    async work(signal) {
      await driver.rejoin(leaver, signal);
      return { value: undefined, detail: `${leaver.name} is back` };
    },
    explain: async () => {
      const state = leaver.chronicle.since('state').at(-1)?.state;
      return `${leaver.name} could not come back${state ? `: the page says '${state}'` : ''}`;
    },
  });
}

/** The first one's tab is closed, without a word to anybody. */
export async function closeTab(scene: Scene, venue: Venue, people: readonly Person[]): Promise<void> {
  const [leaver] = people;
  if (!leaver) return;
  scene.draft.leave.closedMs = await awaitGone(scene, venue, {
    name: 'close',
    people,
    leaver,
    how: 'closed the tab',
    async act() {
      const closedAt = scene.options.now();
      await leaver.page.close();
      return closedAt;
    },
  });
}

interface Departure {
  readonly name: PhaseName;
  readonly people: readonly Person[];
  readonly leaver: Person;
  readonly how: string;
  /** Makes the leaver go; resolves to the instant of going, in milliseconds since the epoch. */
  act(signal: AbortSignal): Promise<number>;
}

/** Milliseconds from somebody's going until everybody else's page has noted it and shows the leaver no more. */
function awaitGone(scene: Scene, { driver }: Venue, departure: Departure): Promise<number> {
  const { name, people, leaver, how, act } = departure;
  const others = people.filter(person => person !== leaver);
  return scene.runner.run({
    name,
    limitMs: driver.goneBudgetMs + 9 * SECOND,
    async work(signal) {
      const gone = others.flatMap(other => {
        const wait = { from: other.chronicle.mark(), signal };
        const unseen = other.chronicle.until({
          kind: 'unseen',
          fits: ({ hue }) => recogniseHue(hue, people) === leaver,
          ...wait,
        });
        return [driver.untilNoted(other, wait), unseen.then(({ t }) => t)];
      });
      // Whoever waits no more because the act failed has nothing to say.
      for (const wait of gone) wait.catch(() => {});
      const wentAt = await act(signal);
      const ms = Math.max(...(await Promise.all(gone))) - wentAt;
      const words = `${leaver.name} ${how}`;
      const witnesses = others.map(other => other.name).join(' and ');
      if (ms > driver.goneBudgetMs)
        throw smokeFailure(
          `${words}; ${witnesses} saw it only after ${ms} ms, ${driver.goneBudgetMs} are allowed`,
        );
      return { value: ms, detail: `${words}, ${witnesses} saw it after ${ms} ms` };
    },
    explain: async () => others.map(other => driver.explainStaying(leaver, other, how)).join('; '),
  });
}
