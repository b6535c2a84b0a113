import { describeAnswer } from '../doors/api.ts';
import { smokeFailure } from '../phase.ts';
import { SECOND } from '../scene.ts';
import { reachInstant } from '../signals.ts';
import { houseOf, needsEmulator, needsHouse, openMeeting } from './house-rules.ts';
import { untilAlive } from './life.ts';
import { meetInPairs } from './pair.ts';
import type { Scenario, Stage } from './scenario.ts';
import { checkInside, checkPutOut, checkShutOut } from './shut-out.ts';

/** How long after it all must be as before: whoever is put out is put out by then. */
const STAY_MS = 1 * SECOND;
/** How soon the meeting expires once people are in it. */
const EXPIRES_IN_MS = 1 * SECOND;

export const expiryDuringCall: Scenario = {
  name: 'expiry-during-call',
  title: 'the meeting expires while people are in it: they stay, and nobody who left gets back in',
  limitMs: 90 * SECOND,
  unfit: needsHouse,
  async play(stage) {
    const { signal, scene } = stage;
    const { meeting, session } = await openMeeting(stage);
    const { people, alice, bob } = await meetInPairs(stage, { session });
    const expiresAt = scene.options.now() + EXPIRES_IN_MS;
    await change(stage, meeting.sessionId, { expiresAt: new Date(expiresAt).toISOString() });
    await reachInstant(expiresAt, scene.options.now);
    const after = 'after the meeting had expired';
    const stayedMs = (await untilAlive({ people, since: expiresAt + STAY_MS, signal, after })) - expiresAt;
    checkInside(people, after);
    const deniedMs = await checkShutOut(stage, alice, { code: 'MEETING_EXPIRED', after });
    checkInside([bob], after);
    return {
      detail: `both stayed, and still saw and heard each other ${stayedMs} ms after it; ${alice.name} left and was denied with MEETING_EXPIRED in ${deniedMs} ms`,
      figures: { stayedMs, deniedMs },
    };
  },
};

export const accessRevoked: Scenario = {
  name: 'access-revoked',
  title: 'access is narrowed during a call, another meeting is ended: who is inside is put out, and told why',
  limitMs: 120 * SECOND,
  unfit: needsEmulator,
  async play(stage) {
    const narrowed = await openMeeting(stage);
    const first = await meetInPairs(stage, { session: narrowed.session });
    const narrowedMs = await checkPutOut(stage, first.people, {
      by: () => change(stage, narrowed.meeting.sessionId, { allow: ['carol'] }),
      code: 'NOT_ALLOWED',
      after: 'after access was narrowed to others',
    });
    const ended = await openMeeting(stage);
    const second = await meetInPairs(stage, { session: ended.session });
    const endedMs = await checkPutOut(stage, second.people, {
      by: () => end(stage, ended.meeting.sessionId),
      code: 'MEETING_ENDED',
      after: 'after the meeting was ended',
    });
    return {
      detail: `both were put out: ${narrowedMs} ms after access was narrowed, with NOT_ALLOWED, and ${endedMs} ms after a meeting's end, with MEETING_ENDED`,
      figures: { narrowedMs, endedMs },
    };
  },
};

async function change(stage: Stage, sessionId: string, body: object): Promise<void> {
  const { api, server } = houseOf(stage);
  const answer = await api(`/api/meetings/${sessionId}`, { method: 'PATCH', bearer: server.adminKey, body });
  if (answer.status !== 200) throw smokeFailure(`the meeting was not changed: ${describeAnswer(answer)}`);
}

async function end(stage: Stage, sessionId: string): Promise<void> {
  const { api, server } = houseOf(stage);
  const answer = await api(`/api/meetings/${sessionId}/end`, { bearer: server.adminKey });
  if (answer.status !== 200) throw smokeFailure(`the meeting was not ended: ${describeAnswer(answer)}`);
}
