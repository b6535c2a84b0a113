import type { HappeningOf } from '../people/happening.ts';
import { markAll } from '../people/media.ts';
import { pressLeave, pressRejoin, reachState } from '../people/page-actions.ts';
import type { Person } from '../people/person.ts';
import { recogniseHue } from '../people/recognise.ts';
import { type PhaseName, smokeFailure } from '../phase.ts';
import { type Couple, type Scene, SECOND } from '../scene.ts';
import { awaitQuiet } from './clean-up.ts';
import { awaitMedia } from './meet.ts';

/** Milliseconds within which the other side has to see that somebody is gone. */
const GONE_BUDGET_MS = 1000;

/** Alice leaves by the SDK's own button, and comes back. */
export async function leaveAndRejoin(scene: Scene, couple: Couple): Promise<void> {
  const { alice, bob } = couple;
  scene.draft.leave.gracefulMs = await awaitGone(scene, {
    name: 'leave',
    ...couple,
    how: "left by the SDK's own button",
    async act(signal) {
      const from = alice.chronicle.mark();
      // Not timed from the click: SDK v4 itself acts on its button only a second later (a debounce).
      const began = alice.chronicle.until({ kind: 'event', fits: isLeaveEvent, from, signal });
      const left = reachState(alice, 'left', { from, signal });
      await pressLeave(alice);
      await left;
      await awaitQuiet(alice, from, signal);
      return (await began).t;
    },
  });
  const people = [alice, bob];
  const marks = markAll(people);
  const since = scene.options.now();
  await rejoin(scene, alice);
  await awaitMedia(scene, { name: 'media again', people, marks, since, from: 'after rejoining' });
}

async function rejoin({ runner }: Scene, alice: Person): Promise<void> {
  await runner.run({
    name: 'rejoin',
    limitMs: 20 * SECOND,
    async work(signal) {
      const joined = reachState(alice, 'joined', { from: alice.chronicle.mark(), signal });
      await Promise.race([pressRejoin(alice), joined]);
      await joined;
      return { value: undefined, detail: 'alice is back' };
    },
    explain: async () => `alice could not come back: ${stateOf(alice)}`,
  });
}

/** Alice's tab is closed, without a word to anybody. */
export async function closeTab(scene: Scene, couple: Couple): Promise<void> {
  scene.draft.leave.closedMs = await awaitGone(scene, {
    name: 'close',
    ...couple,
    how: 'closed her tab',
    async act() {
      const closedAt = scene.options.now();
      await couple.alice.page.close();
      return closedAt;
    },
  });
}

function isLeaveEvent({ name }: HappeningOf<'event'>): boolean {
  return name === 'onLeaveSessionButtonClicked';
}

interface Departure extends Couple {
  readonly name: PhaseName;
  readonly how: string;
  /** Makes alice go; resolves to the instant she went, in milliseconds since the epoch. */
  act(signal: AbortSignal): Promise<number>;
}

/** Milliseconds from alice's going until bob's page has noted it and shows her no more. */
function awaitGone({ runner }: Scene, { name, alice, bob, how, act }: Departure): Promise<number> {
  return runner.run({
    name,
    limitMs: 10 * SECOND,
    async work(signal) {
      const from = bob.chronicle.mark();
      const noted = bob.chronicle.until({
        kind: 'event',
        fits: event => event.name === 'onParticipantLeft',
        from,
        signal,
      });
      const unseen = bob.chronicle.until({
        kind: 'unseen',
        fits: ({ hue }) => recogniseHue(hue, [alice]) === alice,
        from,
        signal,
      });
      const wentAt = await act(signal);
      const ms = Math.max((await noted).t, (await unseen).t) - wentAt;
      if (ms > GONE_BUDGET_MS)
        throw smokeFailure(`alice ${how}; bob saw it only after ${ms} ms, ${GONE_BUDGET_MS} are allowed`);
      return { value: ms, detail: `alice ${how}, bob saw it after ${ms} ms` };
    },
    explain: async () => explainStaying(alice, bob, how),
  });
}

function explainStaying(alice: Person, bob: Person, how: string): string {
  const left = alice.page.isClosed() || stateOf(alice) === 'left';
  if (!left) return `alice ${how}, but her page stayed '${stateOf(alice)}'`;
  const noted = bob.chronicle.since('event').some(({ name }) => name === 'onParticipantLeft');
  return noted
    ? `alice ${how}; bob's page noted it, but went on showing her`
    : `alice ${how}, but bob's page was never told`;
}

function stateOf({ chronicle }: Person): string {
  return chronicle.since('state').at(-1)?.state ?? 'no state';
}
