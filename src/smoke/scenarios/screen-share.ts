import { missingSwitch } from '../pages/switches.ts';
import type { Person } from '../people/person.ts';
import { isSameHue } from '../people/recognise.ts';
import { screenHueOf } from '../people/screen-hue.ts';
import { smokeFailure } from '../phase.ts';
import { SECOND } from '../scene.ts';
import { meetInPairs } from './pair.ts';
import { pressSwitch } from './press.ts';
import type { Outcome, Scenario, Stage } from './scenario.ts';
import { within } from './within.ts';

/** SDK v4 shares over a connection of its own, which has to be made first. */
const SHOWN_BUDGET_MS = 10 * SECOND;
const HIDDEN_BUDGET_MS = 3 * SECOND;
const SLACK_MS = 5 * SECOND;

export const screenShare: Scenario = {
  name: 'screen-share',
  title: 'somebody shares her screen: the others see it, until she stops',
  limitMs: 75 * SECOND,
  unfit: () => null,
  async play(stage) {
    const { alice, bob } = await meetInPairs(stage);
    const shownMs = await share(stage, alice, bob);
    if (shownMs === null) return { skipped: true, detail: missingSwitch(alice, 'screen') };
    return stop(stage, alice, bob, shownMs);
  },
};

/** Milliseconds from the click until the other sees her screen move; null where there is no button. */
async function share({ scene, signal }: Stage, alice: Person, bob: Person): Promise<number | null> {
  const wait = waitFor(alice, bob);
  const clickedAt = await pressSwitch(alice, 'screen', { now: scene.options.now, signal });
  if (clickedAt === null) return null;
  const explain = () => `${alice.name} shared her screen, but ${bob.name} never saw it`;
  const { t } = await within({ ms: SHOWN_BUDGET_MS, signal, explain }, limited =>
    bob.chronicle.until({ kind: 'seen', ...wait, signal: limited }),
  );
  return t - clickedAt;
}

async function stop({ scene, signal }: Stage, alice: Person, bob: Person, shownMs: number): Promise<Outcome> {
  const wait = waitFor(alice, bob);
  const clickedAt = await pressSwitch(alice, 'screen', { now: scene.options.now, signal });
  if (clickedAt === null)
    throw smokeFailure(`${alice.name} shares her screen, and there is no button to stop it`);
  const explain = () => `${alice.name} stopped sharing her screen, but ${bob.name} still sees it`;
  const { t } = await within({ ms: HIDDEN_BUDGET_MS + SLACK_MS, signal, explain }, limited =>
    bob.chronicle.until({ kind: 'unseen', ...wait, signal: limited }),
  );
  const hiddenMs = t - clickedAt;
  if (hiddenMs > HIDDEN_BUDGET_MS)
    throw smokeFailure(
      `${alice.name} stopped sharing her screen; ${bob.name} saw it for ${hiddenMs} ms, ${HIDDEN_BUDGET_MS} are allowed`,
    );
  return {
    detail: `${bob.name} saw ${alice.name}'s screen after ${shownMs} ms, and no more ${hiddenMs} ms after it ended`,
    figures: { shownMs, hiddenMs },
  };
}

function waitFor(alice: Person, bob: Person) {
  const screen = screenHueOf(alice.signal);
  return { from: bob.chronicle.mark(), fits: ({ hue }: { hue: number }) => isSameHue(screen, hue) };
}
