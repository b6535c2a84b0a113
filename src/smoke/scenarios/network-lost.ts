import { timeGone } from '../acts/gone.ts';
import type { Person } from '../people/person.ts';
import { type Look, STILL_MS, untilImpression } from '../people/senses.ts';
import { smokeFailure } from '../phase.ts';
import { SECOND } from '../scene.ts';
import { reachInstant } from '../signals.ts';
import { openTrouble, type Trouble } from './faults/trouble.ts';
import { needsEmulator } from './house-rules.ts';
import { untilAlive } from './life.ts';
import type { Scenario, Stage } from './scenario.ts';
import { within } from './within.ts';

/** How long her network is away: ICE takes her for disconnected after five seconds, nobody gives her up within ten. */
const AWAY_MS = 7 * SECOND;
const STILL_BUDGET_MS = 2 * SECOND;
const BACK_BUDGET_MS = 15 * SECOND;
const SLACK_MS = 5 * SECOND;

export const networkLost: Scenario = {
  name: 'network-lost',
  title: 'a network is away for 7 s, media and signalling: she stays in the call, and is back with it',
  limitMs: 90 * SECOND,
  unfit: needsEmulator,
  async play(stage) {
    const { scene, signal } = stage;
    const { now } = scene.options;
    const trouble = await openTrouble(stage);
    const { people, alice, bob } = trouble;
    const mark = bob.chronicle.mark();
    const look = { observer: bob, sender: alice, people, signal };
    await within({ ms: SLACK_MS, signal, explain: () => `${bob.name} saw nobody move` }, limited =>
      untilImpression({ ...look, signal: limited }, ({ movedAt, heardAt }) => movedAt > 0 && heardAt > 0),
    );
    const lostAt = now();
    const restore = await unplug(trouble);
    const stillMs = await awaitStill(look, lostAt);
    await reachInstant(lostAt + AWAY_MS, now);
    const backAt = await restore();
    const after = `${AWAY_MS / SECOND} s after ${alice.name}'s network had gone, it was back, but`;
    const aliveAt = await untilAlive({ people, since: backAt, ms: BACK_BUDGET_MS, signal, after });
    await untilSignalled(alice, after, signal);
    if (bob.chronicle.since('event', mark).some(({ name }) => name === 'onParticipantLeft'))
      throw smokeFailure(`${bob.name}'s page was told that ${alice.name} had left, who was only away`);
    const leaveMs = await awaitLeave(stage, trouble);
    const backMs = aliveAt - backAt;
    return {
      detail: `${bob.name} saw ${alice.name} for the last time after ${stillMs} ms; her network back, both saw and heard each other after ${backMs} ms, and her leaving was told after ${leaveMs} ms`,
      figures: { stillMs, backMs, leaveMs },
    };
  },
};

/** Media, signalling and requests: nothing gets through. Gives what to call to plug her in again, which tells when it did. */
async function unplug({ alice, add, end }: Trouble): Promise<() => Promise<number>> {
  const profile = alice.page.context();
  const [media, sockets] = await Promise.all([
    add({ outage: '1m' }),
    add({ socket: 'dead', sockets: 'all' }),
    // New connections fail, and the page is told that it is offline. What is open is not touched by it.
    profile.setOffline(true),
  ]);
  return async () => {
    const [, ...ends] = await Promise.all([profile.setOffline(false), end(media), end(sockets)]);
    return Math.max(...ends);
  };
}

/** Milliseconds after which she was seen to move, or heard, for the last time. */
async function awaitStill(look: Look, lostAt: number): Promise<number> {
  const { observer, sender, signal } = look;
  const explain = () => `${sender.name}'s network was lost, but ${observer.name} still saw or heard her`;
  const lastOf = ({ movedAt, heardAt }: { movedAt: number; heardAt: number }) => Math.max(movedAt, heardAt);
  const last = await within({ ms: STILL_BUDGET_MS + STILL_MS, signal, explain }, limited =>
    untilImpression(
      { ...look, signal: limited },
      impression => impression.t - Math.max(lastOf(impression), lostAt) >= STILL_MS,
    ),
  );
  return Math.max(0, lastOf(last) - lostAt);
}

/** Where SDK v4 keeps its signalling connection; of any other page it is not known, and its media have to do. */
const SIGNALLED = 'window.room?.connection?.xmpp?.connection?.connected !== false';

/**
 * A server may have given the silent socket up by then: SDK v4 dials again some seconds later and resumes its session, and
 * until it has, her leaving could be told to nobody.
 */
function untilSignalled({ name, page }: Person, after: string, signal: AbortSignal): Promise<unknown> {
  const explain = () => `${after} ${name}'s signalling was not`;
  return within({ ms: BACK_BUDGET_MS, signal, explain }, () =>
    page.waitForFunction(SIGNALLED, undefined, { timeout: BACK_BUDGET_MS + SECOND }),
  );
}

/** Her signalling is alive too: the other is told when she leaves. Gives how soon, in milliseconds. */
function awaitLeave({ venue, signal }: Stage, { people, alice, bob }: Trouble): Promise<number> {
  const { driver } = venue;
  const how = 'left after her network was back';
  const explain = () => driver.explainStaying(alice, bob, how);
  const act = (limited: AbortSignal) => driver.leave(alice, limited);
  return within({ ms: driver.goneBudgetMs + SLACK_MS, signal, explain }, limited =>
    timeGone(driver, { people, leaver: alice, how, act }, { budgetMs: driver.goneBudgetMs, signal: limited }),
  );
}
