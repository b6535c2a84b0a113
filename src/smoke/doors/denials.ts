import { smokeFailure } from '../phase.ts';
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
}

/** Session ids have a shape; this one is well-formed and nobody's. */
const UNKNOWN = { sessionId: 'nobody-made-this-meeting' };

/** All denials that need no waiting. */
export function listDenials(meetings: SmokeMeetings, { alice, forged, carol }: Visitors): Denial[] {
  const { main, ended, early, listed, elsewhere, keyed } = meetings;
  return [
    denialOf('an unknown meeting', UNKNOWN, alice, 404, 'MEETING_NOT_FOUND'),
    denialOf('an ended meeting', ended, alice, 410, 'MEETING_ENDED'),
    denialOf('a meeting of tomorrow', early, alice, 425, 'MEETING_NOT_STARTED'),
    denialOf('somebody who is not listed', listed, alice, 403, 'NOT_ALLOWED'),
    denialOf("somebody without the link's key", keyed, alice, 403, 'NOT_ALLOWED'),
    denialOf('an invite for another meeting', elsewhere, carol, 403, 'NOT_ALLOWED'),
    denialOf('nobody', main, undefined, 401, 'NO_IDENTITY'),
    denialOf('a forged identity', main, forged, 401, 'NO_IDENTITY'),
  ];
}

export function denialOf(
  what: string,
  { sessionId }: { sessionId: string },
  identity: string | undefined,
  status: number,
  code: string,
): Denial {
  return { what, sessionId, identity, status, code };
}

/** Knocks at both doors, /authorize and /token. Rejects with SMOKE_FAILED when one opens or says the wrong thing. */
export async function checkDenial(api: Api, denied: Denial): Promise<void> {
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
