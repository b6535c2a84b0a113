import { describeAnswer, textAt } from '../doors/api.ts';
import { smokeFailure } from '../phase.ts';
import { SECOND } from '../scene.ts';
import { houseOf, needsHouse } from './house-rules.ts';
import { untilAlive } from './life.ts';
import { localDay, nextMidnight, nextOddDay } from './local-day.ts';
import { meetInPairs } from './pair.ts';
import type { Scenario, Stage } from './scenario.ts';
import { checkInside, checkShutOut } from './shut-out.ts';

const ZONE = 'Europe/Berlin';
/** Another one, for the day on which the clock is changed. */
const ODD_ZONE = 'America/New_York';
/** How long before midnight people meet: time enough to come in on a slow machine. */
const BEFORE_MS = 60 * SECOND;
const HOUR_MS = 3600 * SECOND;

export const midnightInBucket: Scenario = {
  name: 'midnight-in-bucket',
  title:
    "midnight passes in the day's meeting: its id expires, the next day has another, who is inside goes on",
  limitMs: 90 * SECOND,
  unfit: ({ scene, venue }) =>
    needsHouse({ scene, venue }) ??
    (venue.house?.server.moveClock ? null : "this server's clock cannot be moved"),
  async play(stage) {
    const { scene, signal } = stage;
    const { now } = scene.options;
    const clock = openClock(stage);
    const midnight = nextMidnight(now(), ZONE);
    clock.turnTo(midnight - BEFORE_MS);
    const today = await createDaily(stage, ZONE, midnight);
    const session = { id: today.sessionId, linkFor: () => today.url };
    const { people, alice, bob } = await meetInPairs(stage, { session });
    if (clock.now() >= midnight) throw smokeFailure('the people did not meet in time: midnight came first');
    const again = await createDaily(stage, ZONE, midnight);
    if (again.sessionId !== today.sessionId)
      throw smokeFailure(
        `the day's id changed before midnight: ${today.sessionId} became ${again.sessionId}`,
      );

    clock.turnTo(midnight);
    const passedAt = now();
    const after = 'after midnight';
    const aliveMs = (await untilAlive({ people, since: passedAt, signal, after })) - passedAt;
    checkInside(people, after);
    const deniedMs = await checkShutOut(stage, alice, { code: 'MEETING_EXPIRED', after });
    checkInside([bob], after);
    const tomorrow = await createDaily(stage, ZONE, nextMidnight(midnight, ZONE));
    if (tomorrow.sessionId === today.sessionId)
      throw smokeFailure(`after midnight the meeting was still ${today.sessionId}`);
    const odd = await checkOddDay(stage, clock);
    return {
      detail: `${today.sessionId} became ${tomorrow.sessionId} (${ZONE}); both stayed, and saw and heard each other ${aliveMs} ms after it; ${alice.name} left and was denied with MEETING_EXPIRED in ${deniedMs} ms; ${odd}`,
      figures: { aliveMs, deniedMs },
    };
  },
};

interface Clock {
  /** What the server takes for now. */
  now(): number;
  turnTo(instant: number): void;
}

/** The server's clock, set right again at the scenario's end. */
function openClock(stage: Stage): Clock {
  const { server } = houseOf(stage);
  const { now } = stage.scene.options;
  let aheadMs = 0;
  const move = (ms: number) => {
    aheadMs = ms;
    server.moveClock?.(ms);
  };
  stage.scene.undo(async () => move(0));
  return { now: () => now() + aheadMs, turnTo: instant => move(instant - now()) };
}

/** On a day of 23 or 25 hours the id lasts as long as the day. In words, for the detail. */
async function checkOddDay(stage: Stage, clock: Clock): Promise<string> {
  const day = nextOddDay(clock.now(), ODD_ZONE);
  if (!day) throw smokeFailure(`${ODD_ZONE} has no day on which the clock is changed`);
  clock.turnTo(day.start + HOUR_MS / 2);
  const first = await createDaily(stage, ODD_ZONE, day.end);
  clock.turnTo(day.end - 30 * SECOND);
  const last = await createDaily(stage, ODD_ZONE, day.end);
  clock.turnTo(day.end);
  const next = await createDaily(stage, ODD_ZONE, nextMidnight(day.end, ODD_ZONE));
  const hours = (day.end - day.start) / HOUR_MS;
  if (first.sessionId === last.sessionId && last.sessionId !== next.sessionId)
    return `${first.sessionId} lasts the ${hours} hours of its day (${ODD_ZONE})`;
  throw smokeFailure(
    `on a day of ${hours} hours in ${ODD_ZONE}, ${first.sessionId} became ${last.sessionId} and then ${next.sessionId}`,
  );
}

interface Daily {
  readonly sessionId: string;
  readonly url: string;
}

/** The day's meeting, made or got again; its id has to name the day and its end has to be the day's. */
async function createDaily(stage: Stage, zone: string, dayEnd: number): Promise<Daily> {
  const { api, server } = houseOf(stage);
  const body = { strategy: 'office-hours', prefix: 'smoke', bucket: 'day', zone };
  const answer = await api('/api/meetings', { bearer: server.adminKey, body });
  if (answer.status !== 201 && answer.status !== 200)
    throw smokeFailure(`the day's meeting was not created: ${describeAnswer(answer)}`);
  const [sessionId, url, expiresAt] = ['sessionId', 'url', 'expiresAt'].map(key => textAt(answer, key));
  if (!sessionId || !url || !expiresAt) throw smokeFailure("the day's meeting has no id, URL or expiry");
  const day = localDay(dayEnd - 1, zone);
  if (!sessionId.includes(day)) throw smokeFailure(`the meeting of ${day} is called ${sessionId}`);
  if (Date.parse(expiresAt) !== dayEnd)
    throw smokeFailure(
      `${sessionId} expires at ${expiresAt}; its day in ${zone} ends at ${new Date(dayEnd).toISOString()}`,
    );
  return { sessionId, url };
}
