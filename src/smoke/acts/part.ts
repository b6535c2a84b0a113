import { chooseLeaver } from '../people/expect-media.ts';
import { markAll } from '../people/media.ts';
import { type Person, startOver } from '../people/person.ts';
import type { PhaseName } from '../phase.ts';
import { type Scene, SECOND } from '../scene.ts';
import type { Venue } from '../venue.ts';
import { awaitQuiet } from './clean-up.ts';
import { type Departure, namesOf, othersThan, timeGone } from './gone.ts';
import { awaitMedia } from './meet.ts';

/** One of the people leaves by the page's own button, and comes back. */
export async function leaveAndRejoin(scene: Scene, venue: Venue, people: readonly Person[]): Promise<void> {
  const leaver = chooseLeaver(people);
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
  await proveStayersAnew(people, leaver);
  const since = scene.options.now();
  await rejoin(scene, venue, leaver);
  await awaitMedia(scene, { name: 'media again', people, marks, since, from: 'after rejoining' });
}

/** What was proven before shall not pass for what is still there. */
async function proveStayersAnew(people: readonly Person[], leaver: Person): Promise<void> {
  const stayers = othersThan(leaver, people);
  // One alone has nobody left to prove.
  if (stayers.length > 1) await Promise.all(stayers.map(startOver));
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

/** The same one's tab is closed, without a word to anybody. */
export async function closeTab(scene: Scene, venue: Venue, people: readonly Person[]): Promise<void> {
  const leaver = chooseLeaver(people);
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

interface Parting extends Departure {
  readonly name: PhaseName;
}

function awaitGone({ runner }: Scene, { driver }: Venue, parting: Parting): Promise<number> {
  const { name, people, leaver, how } = parting;
  return runner.run({
    name,
    limitMs: driver.goneBudgetMs + 9 * SECOND,
    async work(signal) {
      const ms = await timeGone(driver, parting, { budgetMs: driver.goneBudgetMs, signal });
      const witnesses = othersThan(leaver, people);
      return {
        value: ms,
        detail: `${leaver.name} ${how}, ${namesOf(witnesses)} saw it after ${ms} ms`,
      };
    },
    explain: async () =>
      othersThan(leaver, people)
        .map(other => driver.explainStaying(leaver, other, how))
        .join('; '),
  });
}
