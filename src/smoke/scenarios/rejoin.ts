import { awaitQuiet } from '../acts/clean-up.ts';
import { explainMedia } from '../explain/explain-people.ts';
import { markAll, proveMedia } from '../people/media.ts';
import { SECOND } from '../scene.ts';
import { meetInPairs } from './pair.ts';
import { pressLeave } from './press.ts';
import type { Scenario } from './scenario.ts';
import { within } from './within.ts';

const BUDGET_MS = 20 * SECOND;

/** Twice: what a page keeps of the first stay shows in the second, what it piles up in the third. */
const TIMES = 2;

export const rejoin: Scenario = {
  name: 'rejoin',
  title: 'somebody leaves and comes back, twice: all see and hear each other again',
  limitMs: 120 * SECOND,
  unfit: () => null,
  async play({ meet, scene, venue, signal }) {
    const { now } = scene.options;
    const { people, alice, bob } = await meetInPairs({ meet });
    const took: number[] = [];
    for (let time = 0; time < TIMES; time++) {
      const from = alice.chronicle.mark();
      await pressLeave(venue.driver, alice, signal);
      await awaitQuiet(alice, from, signal);
      const marks = markAll(people);
      const start = now();
      const explain = async () =>
        `${alice.name} came back, but: ${(await venue.driver.explainStuck(people)) || (await explainMedia(people, marks))}`;
      await within({ ms: BUDGET_MS, signal, explain }, async limited => {
        await venue.driver.rejoin(alice, limited);
        await proveMedia(people, { marks, signal: limited });
      });
      took.push(now() - start);
    }
    const [firstMs = 0, secondMs = 0] = took;
    return {
      detail: `${alice.name} was back in ${took.join(' and ')} ms, she and ${bob.name} see and hear each other`,
      figures: { firstMs, secondMs },
    };
  },
};
