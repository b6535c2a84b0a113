import { smokeFailure } from '../phase.ts';
import { type Answer, type Api, describeAnswer, textAt } from './api.ts';

/** The meetings of one run: the one where people meet, and those whose doors must stay shut. */
export interface SmokeMeetings {
  readonly main: SmokeMeeting;
  readonly ended: SmokeMeeting;
  readonly expiring: SmokeMeeting;
  readonly early: SmokeMeeting;
  readonly listed: SmokeMeeting;
  /** Carol is on its list as well, but her invite is not for it. */
  readonly elsewhere: SmokeMeeting;
  readonly keyed: SmokeMeeting;
}

export interface SmokeMeeting {
  readonly sessionId: string;
  readonly url: string;
  /** Milliseconds since the epoch. */
  readonly expiresAt: number;
}

/** Over before anybody could join. A duration, counted by the server: an instant could be past before it gets there. */
const EXPIRING_IN = '400ms';
const DAY_MS = 24 * 60 * 60 * 1000;

/** Creates them all, with the admin key, over HTTP as anybody would. Rejects with SMOKE_FAILED. */
export async function createMeetings(api: Api, adminKey: string, now: () => number): Promise<SmokeMeetings> {
  const create = (body: object) => createMeeting(api, adminKey, body);
  const at = (instant: number) => new Date(instant).toISOString();
  const [main, expiring, ended, early, listed, elsewhere, keyed] = await Promise.all([
    create({ title: 'meet smoke' }),
    create({ title: 'over in a moment', expiresIn: EXPIRING_IN }),
    create({ title: 'over already' }),
    create({ title: 'tomorrow', startsAt: at(now() + DAY_MS), expiresAt: at(now() + 2 * DAY_MS) }),
    create({ title: 'for Carol only', allow: ['carol'] }),
    create({ title: 'for Carol too', allow: ['carol'] }),
    create({ title: 'for those with the link', strategy: 'stable', prefix: 'smoke', id: 'keyed' }),
  ]);
  const end = await api(`/api/meetings/${ended.sessionId}/end`, { bearer: adminKey });
  if (end.status !== 200) throw smokeFailure(`a meeting could not be ended: ${describeAnswer(end)}`);
  return { main, expiring, ended, early, listed, elsewhere, keyed };
}

/** Creates one; `body` as for `POST /api/meetings`. Rejects with SMOKE_FAILED. */
export async function createMeeting(api: Api, adminKey: string, body: object): Promise<SmokeMeeting> {
  return readMeeting(await api('/api/meetings', { bearer: adminKey, body }));
}

function readMeeting(answer: Answer): SmokeMeeting {
  if (answer.status !== 201) throw smokeFailure(`a meeting was not created: ${describeAnswer(answer)}`);
  const [sessionId, url, expiresAt] = ['sessionId', 'url', 'expiresAt'].map(key => textAt(answer, key));
  if (!sessionId || !url || !expiresAt)
    throw smokeFailure('a meeting was created without a session id, a URL or an expiry');
  return { sessionId, url, expiresAt: Date.parse(expiresAt) };
}
