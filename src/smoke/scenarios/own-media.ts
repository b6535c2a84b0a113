import { missingSwitch } from '../pages/switches.ts';
import { type Impression, type Look, STILL_MS, untilImpression } from '../people/senses.ts';
import { smokeFailure } from '../phase.ts';
import { SECOND } from '../scene.ts';
import { meetInPairs } from './pair.ts';
import { pressSwitch } from './press.ts';
import type { Outcome, Scenario, Stage } from './scenario.ts';
import { within } from './within.ts';

/** SDK v4 acts on its buttons half a second after the click. */
const OFF_BUDGET_MS = 2 * SECOND;
/** A camera has to be opened anew, and its first key frame to be asked for. */
const ON_BUDGET_MS = 5 * SECOND;
const SLACK_MS = 5 * SECOND;

interface Medium {
  readonly control: 'microphone' | 'camera';
  /** When it was last perceived. */
  lastAt(impression: Impression): number;
  readonly off: string;
  readonly on: string;
  readonly stays: string;
  readonly lacks: string;
}

const VOICE: Medium = {
  control: 'microphone',
  lastAt: ({ heardAt }) => heardAt,
  off: 'muted herself',
  on: 'unmuted herself',
  stays: 'still hears her',
  lacks: 'does not hear her',
};

const PICTURE: Medium = {
  control: 'camera',
  lastAt: ({ movedAt }) => movedAt,
  off: 'switched her camera off',
  on: 'switched her camera on',
  stays: 'still sees her move',
  lacks: 'does not see her move',
};

export const muteSeen: Scenario = {
  name: 'mute-seen',
  title: 'somebody mutes herself: nobody hears her, until she unmutes',
  limitMs: 60 * SECOND,
  unfit: () => null,
  play: stage => switchOffAndOn(stage, VOICE),
};

export const cameraOffSeen: Scenario = {
  name: 'camera-off-seen',
  title: 'somebody switches her camera off: nobody sees her, until it is on again',
  limitMs: 60 * SECOND,
  unfit: () => null,
  play: stage => switchOffAndOn(stage, PICTURE),
};

async function switchOffAndOn(stage: Stage, medium: Medium): Promise<Outcome> {
  const { scene, signal } = stage;
  const { people, alice, bob } = await meetInPairs(stage);
  const look = { observer: bob, sender: alice, people, signal };
  // The first look knows nothing yet: from here on it is known when she was last perceived.
  await awaitOn(look, medium, Number.NEGATIVE_INFINITY, `${alice.name} and ${bob.name} met, but`);
  const press = () => pressSwitch(alice, medium.control, { now: scene.options.now, signal });
  const offAt = await press();
  if (offAt === null) return { skipped: true, detail: missingSwitch(alice, medium.control) };
  const offMs = await awaitOff(look, medium, offAt);
  const onAt = await press();
  if (onAt === null) throw smokeFailure(`${alice.name} ${medium.off}, and the button was gone`);
  const onMs = (await awaitOn(look, medium, onAt, `${alice.name} ${medium.on}, but`)) - onAt;
  checkBudget(onMs, ON_BUDGET_MS, `${alice.name} ${medium.on}, but ${bob.name} perceived it`);
  return {
    detail: `${alice.name} ${medium.off}, ${bob.name} perceived it after ${offMs} ms, and that it was on again after ${onMs} ms`,
    figures: { offMs, onMs },
  };
}

/** Milliseconds after which she was perceived for the last time. */
async function awaitOff(look: Look, medium: Medium, offAt: number): Promise<number> {
  const { observer, sender, signal } = look;
  const explain = () => `${sender.name} ${medium.off}, but ${observer.name} ${medium.stays}`;
  const last = await within({ ms: OFF_BUDGET_MS + SLACK_MS, signal, explain }, limited =>
    untilImpression(
      { ...look, signal: limited },
      impression => impression.t - Math.max(medium.lastAt(impression), offAt) >= STILL_MS,
    ),
  );
  const ms = Math.max(0, medium.lastAt(last) - offAt);
  checkBudget(ms, OFF_BUDGET_MS, `${sender.name} ${medium.off}, but ${observer.name} perceived it`);
  return ms;
}

/** When she was perceived first after an instant. */
async function awaitOn(look: Look, medium: Medium, after: number, but: string): Promise<number> {
  const { observer, signal } = look;
  const explain = () => `${but} ${observer.name} ${medium.lacks}`;
  const first = await within({ ms: ON_BUDGET_MS + SLACK_MS, signal, explain }, limited =>
    untilImpression({ ...look, signal: limited }, impression => medium.lastAt(impression) > after),
  );
  return medium.lastAt(first);
}

function checkBudget(ms: number, budgetMs: number, words: string): void {
  if (ms > budgetMs) throw smokeFailure(`${words} only after ${ms} ms, ${budgetMs} are allowed`);
}
