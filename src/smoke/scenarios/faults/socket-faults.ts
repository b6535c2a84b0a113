import { markAll, proveMedia } from '../../people/media.ts';
import { askSnapshot } from '../../people/person.ts';
import type { SocketSnapshot } from '../../people/snapshot.ts';
import { smokeFailure } from '../../phase.ts';
import { SECOND } from '../../scene.ts';
import { limitSignal, rejectOn } from '../../signals.ts';
import { needsEmulator } from '../house-rules.ts';
import type { Pair } from '../pair.ts';
import { pressLeave } from '../press.ts';
import type { Scenario, Stage } from '../scenario.ts';
import { within } from '../within.ts';
import { openTrouble } from './trouble.ts';

/** A page dials again within seconds. */
const DIAL_MS = 15 * SECOND;
const NEWS_MS = 20 * SECOND;
/** How long nothing may come over a dead socket: news comes within a second otherwise. */
const SILENCE_MS = 3 * SECOND;

/** The close code of a server that goes away and comes back (RFC 6455, IANA registry). */
const RESTART = 1012;

export const socketClean: Scenario = {
  name: 'fault-socket-clean',
  title: "alice's signalling socket is closed: her page opens another, and hears of others again",
  limitMs: 120 * SECOND,
  unfit: needsEmulator,
  async play(stage) {
    const trouble = await openTrouble(stage);
    const { alice, add } = trouble;
    const { from } = await add({ socket: 'clean' });
    const closedAt = await untilSocket(
      stage,
      trouble,
      'the fault was not felt: her socket was not closed',
      sockets => sockets.some(({ closeCode }) => closeCode === RESTART),
    );
    const openAt = await untilSocket(
      stage,
      trouble,
      'her page opened no other signalling socket',
      sockets => sockets.at(-1)?.state === 'open',
    );
    const newsMs = await hearOfBob(stage, trouble);
    const [feltMs, recoveredMs] = [closedAt - from, openAt - from];
    return {
      detail: `${alice.name}'s socket was closed after ${feltMs} ms and another open after ${recoveredMs} ms; she heard of bob's going in ${newsMs} ms`,
      figures: { feltMs, recoveredMs, newsMs },
    };
  },
};

export const socketDead: Scenario = {
  name: 'fault-socket-dead',
  title: "alice's signalling socket falls silent: she hears of nobody until it lives again",
  limitMs: 120 * SECOND,
  unfit: needsEmulator,
  async play(stage) {
    const { signal, venue } = stage;
    const { driver } = venue;
    const trouble = await openTrouble(stage);
    const { people, alice, bob } = trouble;
    const marks = markAll(people);
    const fault = await trouble.add({ socket: 'dead' });
    const wait = { from: alice.chronicle.mark(), signal };
    await pressLeave(driver, bob, signal);
    if (
      await comesWithin(SILENCE_MS, signal, limited => driver.untilNoted(alice, { ...wait, signal: limited }))
    )
      throw smokeFailure(`the fault was not felt: ${alice.name} heard of bob's going all the same`);
    const over = await trouble.end(fault);
    const explain = () => `${alice.name}'s page was never told that bob had left`;
    const noted = await within({ ms: NEWS_MS, signal, explain }, limited =>
      driver.untilNoted(alice, { ...wait, signal: limited }),
    );
    const recoveredMs = noted - over;
    await comeBack(stage, trouble, marks);
    return {
      detail: `${alice.name} heard nothing for ${SILENCE_MS} ms, and ${recoveredMs} ms after its end that bob had left`,
      figures: { recoveredMs },
    };
  },
};

/** Waits until the signalling sockets that alice's page has opened fit; gives when (epoch ms). */
function untilSocket(
  { scene, signal }: Stage,
  { alice }: Pair,
  explanation: string,
  fits: (sockets: readonly SocketSnapshot[]) => boolean,
): Promise<number> {
  return within({ ms: DIAL_MS, signal, explain: () => explanation }, async limited => {
    const ended = rejectOn(limited);
    for (;;) {
      const snapshot = await Promise.race([askSnapshot(alice), ended]);
      const sockets = snapshot?.sockets.filter(({ url }) => url.endsWith('/xmpp-websocket')) ?? [];
      if (fits(sockets)) return scene.options.now();
    }
  });
}

/** Bob leaves and comes back: alice learns of it by signalling alone. Gives how soon, in milliseconds. */
async function hearOfBob(stage: Stage, pair: Pair): Promise<number> {
  const { signal, venue } = stage;
  const { people, alice, bob } = pair;
  const marks = markAll(people);
  const wait = { from: alice.chronicle.mark() };
  const leftAt = await pressLeave(venue.driver, bob, signal);
  const explain = () => `${alice.name}'s page was never told that bob had left`;
  const noted = await within({ ms: NEWS_MS, signal, explain }, limited =>
    venue.driver.untilNoted(alice, { ...wait, signal: limited }),
  );
  await comeBack(stage, pair, marks);
  return noted - leftAt;
}

async function comeBack(
  { signal, venue }: Stage,
  { people, bob }: Pair,
  marks: ReturnType<typeof markAll>,
): Promise<void> {
  const explain = () => 'bob came back, but the two do not see and hear each other';
  await within({ ms: 30 * SECOND, signal, explain }, async limited => {
    await venue.driver.rejoin(bob, limited);
    await proveMedia(people, { marks, signal: limited });
  });
}

/** Whether something comes in time; what fails otherwise is thrown. */
async function comesWithin(
  ms: number,
  signal: AbortSignal,
  wait: (signal: AbortSignal) => Promise<unknown>,
): Promise<boolean> {
  const limit = limitSignal(signal, ms, 'over');
  try {
    await wait(limit.signal);
    return true;
  } catch (error) {
    if (signal.aborted || !limit.signal.aborted) throw error;
    return false;
  } finally {
    limit.release();
  }
}
