import { untilWeather } from '../../people/traffic.ts';
import type { Weather } from '../../people/weather.ts';
import { SECOND } from '../../scene.ts';
import { needsEmulator } from '../house-rules.ts';
import { untilAlive } from '../life.ts';
import type { Outcome, Scenario, Stage } from '../scenario.ts';
import { within } from '../within.ts';
import { openTrouble } from './trouble.ts';

/** A bad line, by what its receiver's browser counts. */
interface BadLine {
  readonly name: string;
  readonly title: string;
  /** As for `POST /api/faults`. */
  readonly fault: object;
  readonly receiver: 'alice' | 'bob';
  /** Milliseconds over which it is judged. */
  readonly windowMs: number;
  /** What the line has to be like before, so that the fault can be felt. */
  readonly fit?: (weather: Weather) => boolean;
  readonly felt: (weather: Weather) => boolean;
  readonly healed: (weather: Weather) => boolean;
  /** The figure in words. */
  readonly figure: (weather: Weather) => string;
}

/** The bounds lie well between what a good line shows (nothing lost, jitter of 1 to 3 ms, round trips of 1 to 5) and the bad. */
const LINES: readonly BadLine[] = [
  {
    name: 'fault-loss',
    title: '30 % of what alice sends is lost: bob counts the loss, and the call recovers',
    fault: { direction: 'up', loss: 30 },
    receiver: 'bob',
    windowMs: 2 * SECOND,
    felt: ({ lossPercent, soundPackets }) => soundPackets > 50 && lossPercent > 12,
    healed: ({ lossPercent, soundPackets }) => soundPackets > 50 && lossPercent < 3,
    figure: ({ lossPercent }) => `${Math.round(lossPercent)} % of the sound lost`,
  },
  {
    name: 'fault-delay',
    title: 'all is 150 ms late, each way: alice measures the round trip, and the call recovers',
    fault: { delay: '150ms' },
    receiver: 'alice',
    windowMs: 0,
    felt: ({ roundTripMs }) => roundTripMs >= 300,
    healed: ({ roundTripMs }) => roundTripMs < 150,
    figure: ({ roundTripMs }) => `a round trip of ${Math.round(roundTripMs)} ms`,
  },
  {
    name: 'fault-jitter',
    title: 'what alice sends is up to 200 ms late, unevenly: bob measures it, and the call recovers',
    fault: { direction: 'up', jitter: '200ms' },
    receiver: 'bob',
    windowMs: 500,
    // A machine with too much to do has 13 by itself.
    felt: ({ jitterMs }) => jitterMs > 25,
    healed: ({ jitterMs }) => jitterMs < 8,
    figure: ({ jitterMs }) => `a jitter of ${Math.round(jitterMs)} ms`,
  },
  {
    name: 'fault-bandwidth',
    title: 'a line of 40 kbit/s to alice: it is kept, and afterwards the full rate comes back',
    fault: { direction: 'down', bandwidth: '40k' },
    receiver: 'alice',
    windowMs: 2 * SECOND,
    // Of the probe's camera and tone alone some 80 come; right after a join, less.
    fit: ({ kilobitsPerSecond }) => kilobitsPerSecond > 60,
    // The queue behind the line holds another 200 ms of it.
    felt: ({ kilobitsPerSecond }) => kilobitsPerSecond < 40 * 1.1,
    healed: ({ kilobitsPerSecond }) => kilobitsPerSecond > 60,
    figure: ({ kilobitsPerSecond }) => `${Math.round(kilobitsPerSecond)} kbit/s`,
  },
];

const FIT_MS = 30 * SECOND;
const FELT_MS = 10 * SECOND;
const HEALED_MS = 20 * SECOND;

export const NETWORK_FAULTS: readonly Scenario[] = LINES.map(line => ({
  name: line.name,
  title: line.title,
  limitMs: 120 * SECOND,
  unfit: needsEmulator,
  play: stage => play(line, stage),
}));

async function play(line: BadLine, stage: Stage): Promise<Outcome> {
  const { signal } = stage;
  const trouble = await openTrouble(stage);
  const person = trouble[line.receiver];
  let last = '';
  const reach = (ms: number, words: string, fits: (weather: Weather) => boolean) =>
    within({ ms, signal, explain: () => `${words}: ${person.name} had ${last}` }, limited =>
      untilWeather(
        {
          person,
          windowMs: line.windowMs,
          signal: limited,
          onWeather(weather) {
            last = line.figure(weather);
          },
        },
        fits,
      ),
    );
  await reach(FIT_MS, 'the line was not fit before the fault', line.fit ?? (weather => !line.felt(weather)));
  const fault = await trouble.add(line.fault);
  const felt = await reach(FELT_MS, 'the fault was not felt', line.felt);
  const over = await trouble.end(fault);
  const healed = await reach(HEALED_MS, 'the call did not recover', line.healed);
  const alive = await untilAlive({ people: trouble.people, since: over, signal, after: 'after the fault' });
  const feltMs = felt.t - fault.from;
  const recoveredMs = Math.max(healed.t, alive) - over;
  return {
    detail: `${line.figure(felt)} at ${person.name} after ${feltMs} ms; ${line.figure(healed)} ${recoveredMs} ms after its end`,
    figures: { feltMs, recoveredMs },
  };
}
