import { awaitQuiet } from '../acts/clean-up.ts';
import { timeGone } from '../acts/gone.ts';
import { staysLocal } from '../acts/prepare.ts';
import { requireBrowser } from '../browser/find-browser.ts';
import { startBrowserProcess } from '../browser/launch.ts';
import type { Person } from '../people/person.ts';
import { SECOND } from '../scene.ts';
import { meetInPairs, type Pair } from './pair.ts';
import { pressLeave } from './press.ts';
import type { Outcome, Scenario, Stage } from './scenario.ts';
import { within } from './within.ts';

/** Beyond a budget that is exceeded: the figure says more than "never". */
const SLACK_MS = 9 * SECOND;

/**
 * A browser that was killed says nothing, and its machine only that the connection is over: whether somebody comes back is
 * for the backend to wait for. The emulator waits until ten seconds have passed without a packet, Jitsi for a minute; a page
 * without a backend of ours has ICE alone, which gives up after sixteen. To this comes what a closed tab may take.
 */
const KILLED_BUDGET_MS = { emulator: 15 * SECOND, cloud: 75 * SECOND };

export const leaveButton: Scenario = {
  name: 'leave-button',
  title: 'somebody leaves by the button: the others see it, and her page gives everything back',
  limitMs: 60 * SECOND,
  unfit: () => null,
  async play(stage) {
    const pair = await meetInPairs(stage);
    const { alice } = pair;
    const from = alice.chronicle.mark();
    const act = (signal: AbortSignal) => pressLeave(stage.venue.driver, alice, signal);
    const outcome = await depart(stage, pair, 'left by the button', act);
    await awaitQuiet(alice, from, stage.signal);
    return outcome;
  },
};

export const tabClosed: Scenario = {
  name: 'tab-closed',
  title: 'a tab is closed: the others see it',
  limitMs: 60 * SECOND,
  unfit: () => null,
  async play(stage) {
    const pair = await meetInPairs(stage);
    return depart(stage, pair, 'closed the tab', async () => {
      const closedAt = stage.scene.options.now();
      await pair.alice.page.close();
      return closedAt;
    });
  },
};

export const rendererKilled: Scenario = {
  name: 'renderer-killed',
  title: 'the process of a tab dies: the others see it',
  limitMs: 60 * SECOND,
  unfit: () => null,
  async play(stage) {
    const pair = await meetInPairs(stage);
    return depart(stage, pair, 'lost her tab in a crash', () => crash(pair.alice, stage));
  },
};

async function crash({ page }: Person, { scene }: Stage): Promise<number> {
  const devTools = await page.context().newCDPSession(page);
  const crashed = new Promise(resolve => page.once('crash', resolve));
  const crashedAt = scene.options.now();
  // Whoever is asked to crash does not answer.
  devTools.send('Page.crash').catch(() => {});
  await crashed;
  return crashedAt;
}

export const browserKilled: Scenario = {
  name: 'browser-killed',
  title: 'a browser is killed (SIGKILL): the others see it',
  limitMs: 150 * SECOND,
  unfit: () => null,
  async play(stage) {
    const { options, undo } = stage.scene;
    const { started, end, kill } = startBrowserProcess({
      browser: requireBrowser(options.browser),
      headed: options.browser.headed ?? false,
      loopbackOnly: staysLocal(options),
      env: options.browser.env,
    });
    undo(end);
    const [hers, theirs] = [await started, stage.browser];
    const browserOf = ({ name }: { name: string }) => (name === 'alice' ? hers : theirs);
    const pair = await meetInPairs(stage, { browserOf });
    const act = async () => {
      const killedAt = options.now();
      kill();
      return killedAt;
    };
    const budgetMs = KILLED_BUDGET_MS[options.backend] + stage.venue.driver.goneBudgetMs;
    return depart(stage, pair, 'had her browser killed', act, budgetMs);
  },
};

/** Times how soon the other sees that she is gone. */
async function depart(
  { venue, signal }: Stage,
  { people, alice: leaver, bob }: Pair,
  how: string,
  act: (signal: AbortSignal) => Promise<number>,
  budgetMs = venue.driver.goneBudgetMs,
): Promise<Outcome> {
  const { driver } = venue;
  const from = bob.chronicle.mark();
  const explain = () => explainPresence(leaver, bob, how, from);
  const departure = { people, leaver, how, act };
  const goneMs = await within({ ms: budgetMs + SLACK_MS, signal, explain }, limited =>
    timeGone(driver, departure, { budgetMs, signal: limited }),
  );
  return { detail: `${leaver.name} ${how}, ${bob.name} saw it after ${goneMs} ms`, figures: { goneMs } };
}

/** Why somebody who went is still there for another. */
function explainPresence(leaver: Person, other: Person, how: string, from: number): string {
  const isHidden = other.chronicle.since('unseen', from).length > 0;
  return isHidden
    ? `${leaver.name} ${how}; ${other.name}'s page shows her no more, but was never told`
    : `${leaver.name} ${how}, but ${other.name}'s page goes on showing her`;
}
