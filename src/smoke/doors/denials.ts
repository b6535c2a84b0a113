import { smokeFailure } from '../phase.ts';
import { reachInstant } from '../signals.ts';
import { type Answer, type Api, describeAnswer, textAt } from './api.ts';
import type { SmokeMeetings } from './meetings.ts';
import type { Visitors } from './visitors.ts';

/** Somebody who must not come in: who knocks where, and what has to be answered. */
export interface Denial {
  readonly what: string;
  readonly sessionId: string;
  readonly identity: string | undefined;
  readonly status: number;
  readonly code: string;
  /** Milliseconds since the epoch before which it is too early to knock. */
  readonly after?: number;
}

/** Session ids have a shape; this one is well-formed and nobody's. */
const UNKNOWN = 'nobody-made-this-meeting';

export function listDenials(meetings: SmokeMeetings, { alice, forged, carol }: Visitors): Denial[] {
  const { main, ended, expiring, early, listed, elsewhere, keyed } = meetings;
  return [
    denial('an unknown meeting', UNKNOWN, alice, 404, 'MEETING_NOT_FOUND'),
    denial('an ended meeting', ended.sessionId, alice, 410, 'MEETING_ENDED'),
    denial('a meeting of tomorrow', early.sessionId, alice, 425, 'MEETING_NOT_STARTED'),
    denial('somebody who is not listed', listed.sessionId, alice, 403, 'NOT_ALLOWED'),
    denial("somebody without the link's key", keyed.sessionId, alice, 403, 'NOT_ALLOWED'),
    denial('an invite for another meeting', elsewhere.sessionId, carol, 403, 'NOT_ALLOWED'),
    denial('nobody', main.sessionId, undefined, 401, 'NO_IDENTITY'),
    denial('a forged identity', main.sessionId, forged, 401, 'NO_IDENTITY'),
    {
      ...denial('an expired meeting', expiring.sessionId, alice, 410, 'MEETING_EXPIRED'),
      after: expiring.expiresAt,
    },
  ];
}

function denial(
  what: string,
  sessionId: string,
  identity: string | undefined,
  status: number,
  code: string,
): Denial {
  return { what, sessionId, identity, status, code };
}

/** Knocks at both doors, /authorize and /token. Rejects with SMOKE_FAILED when one opens or says the wrong thing. */
export async function checkDenial(api: Api, denied: Denial, now: () => number): Promise<void> {
  if (denied.after !== undefined) await reachInstant(denied.after, now);
  await Promise.all(
    ['authorize', 'token'].map(async door => {
      const answer = await api(`/api/meetings/${denied.sessionId}/${door}`, { bearer: denied.identity });
      const complaint = judgeDenial(denied, answer);
      if (complaint) throw smokeFailure(`${denied.what} at /${door}: ${complaint}`);
    }),
  );
}

/** What is wrong with an answer to somebody who must not come in; null when nothing is. */
export function judgeDenial(expected: { status: number; code: string }, answer: Answer): string | null {
  if (holdsToken(answer)) return `was given a token (${answer.status})`;
  if (answer.status === expected.status && textAt(answer, 'code') === expected.code) return null;
  return `got ${describeAnswer(answer)} instead of ${expected.status} ${expected.code}`;
}

function holdsToken({ body }: Answer): boolean {
  return /"(?:\w*[tT]oken)":"[^"]/.test(JSON.stringify(body));
}
