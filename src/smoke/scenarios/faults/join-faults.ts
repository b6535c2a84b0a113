import { DEAD_ENDS, type Ending, stateOf, tryAgain } from '../../pages/own-screens.ts';
import { markAll, proveMedia } from '../../people/media.ts';
import { smokeFailure } from '../../phase.ts';
import { SECOND } from '../../scene.ts';
import { needsEmulator } from '../house-rules.ts';
import { pressLeave } from '../press.ts';
import type { Outcome, Scenario, Stage } from '../scenario.ts';
import { within } from '../within.ts';
import { openTrouble, type Trouble } from './trouble.ts';

/** What keeps alice, who has left, from coming back. */
interface BadDoor {
  readonly name: string;
  readonly title: string;
  /** As for `POST /api/faults`. */
  readonly fault: object;
  /** The state of the page in which the fault shows. */
  readonly shows: 'failed' | 'left' | 'joined';
  /** Milliseconds that it has to take at least. */
  readonly leastMs?: number;
}

const DOORS: readonly BadDoor[] = [
  {
    name: 'fault-rest-error',
    title: 'the request for a call token is answered with 500 once: the page says so, and the next try works',
    fault: { rest: { route: 'POST /v3.0/call_tokens', status: 500, times: 1 } },
    shows: 'failed',
  },
  {
    name: 'fault-rest-slow',
    title: 'the cloud answers 3 s late: the join is as late, and works',
    fault: { rest: { route: 'GET /v3.0/call_tokens', slow: '3s' } },
    shows: 'joined',
    leastMs: 3 * SECOND,
  },
  {
    name: 'fault-expired-tokens',
    title: 'the call token has expired: the page says so, and joins with a fresh one',
    fault: { expireTokens: 'call' },
    shows: 'failed',
  },
  {
    name: 'fault-no-bridge',
    title:
      'there is no media bridge: the page says that the connection was lost, and joins once there is one',
    fault: { refuseBridge: true },
    shows: 'left',
  },
];

const FELT_MS = 15 * SECOND;
const BACK_MS = 30 * SECOND;

export const JOIN_FAULTS: readonly Scenario[] = DOORS.map(door => ({
  name: door.name,
  title: door.title,
  limitMs: 120 * SECOND,
  unfit: needsEmulator,
  play: stage => play(door, stage),
}));

async function play(door: BadDoor, stage: Stage): Promise<Outcome> {
  const { signal, venue } = stage;
  const trouble = await openTrouble(stage);
  const { alice } = trouble;
  await pressLeave(venue.driver, alice, signal);
  const fault = await trouble.add(door.fault);
  const feltMs = await feel(door, stage, trouble);
  const words = describeEnding(alice.chronicle.since('state').at(-1));
  await trouble.end(fault);
  if (stateOf(alice) === 'joined') await pressLeave(venue.driver, alice, signal);
  const recoveredMs = await comeBack(door, stage, trouble);
  return {
    detail: `${alice.name}'s page was ${words} after ${feltMs} ms; without the fault she was back in ${recoveredMs} ms`,
    figures: { feltMs, recoveredMs },
  };
}

/** Alice tries to come back; gives the milliseconds until the fault showed. */
async function feel(
  { shows, leastMs = 0 }: BadDoor,
  { scene, signal }: Stage,
  { alice }: Trouble,
): Promise<number> {
  // Without a bridge the SDK joins first, and learns of it then.
  const ends = [...DEAD_ENDS, 'left', ...(shows === 'left' ? [] : ['joined'])];
  const explain = () => `the fault was not felt: ${alice.name}'s page is '${stateOf(alice)}'`;
  const { ending, pressedAt } = await within({ ms: FELT_MS, signal, explain }, limited =>
    tryAgain(alice, ends, { now: scene.options.now, signal: limited }),
  );
  const ms = ending.t - pressedAt;
  if (ending.state !== shows)
    throw smokeFailure(
      `the fault was not felt: ${alice.name}'s page was ${describeEnding(ending)}, and should have been ${shows}`,
    );
  if (ms < leastMs) throw smokeFailure(`the fault was not felt: ${alice.name} was in after ${ms} ms`);
  return ms;
}

/** Gives the milliseconds until she and bob see and hear each other. */
async function comeBack(
  { leastMs = Number.POSITIVE_INFINITY }: BadDoor,
  { scene, signal }: Stage,
  { alice, people }: Trouble,
): Promise<number> {
  const { now } = scene.options;
  const marks = markAll(people);
  const explain = () => `without the fault, ${alice.name} did not come back: her page is '${stateOf(alice)}'`;
  const ms = await within({ ms: BACK_MS, signal, explain }, async limited => {
    const ends = [...DEAD_ENDS, 'joined'];
    const { ending, pressedAt } = await tryAgain(alice, ends, { now, signal: limited });
    if (ending.state !== 'joined')
      throw smokeFailure(`without the fault, ${alice.name}'s page was ${describeEnding(ending)}`);
    await proveMedia(people, { marks, signal: limited });
    return now() - pressedAt;
  });
  if (ms < leastMs) return ms;
  throw smokeFailure(`without the fault, ${alice.name} still needed ${ms} ms to come back`);
}

function describeEnding(ending: Ending | undefined): string {
  const { state = 'nothing', code } = ending ?? {};
  return code ? `'${state}' (${code})` : `'${state}'`;
}
