import { setTimeout as sleep } from 'node:timers/promises';
import type { Answer, createAsker } from './ask.ts';

/** A request that was not answered as it should have been; times in ms of the process. */
export interface Miss {
  readonly what: string;
  readonly began: number;
  readonly ended: number;
}

/** What people were told, in the words of whoever checks it afterwards. */
export interface Tally {
  requests: number;
  tokens: number;
  readonly misses: Miss[];
  /** The links that were given out, by session id; more than one is one too many. */
  readonly links: Map<string, Set<string>>;
  /** How often each meeting was said to be new. */
  readonly created: Map<string, number>;
}

/** People who come at the same time, and often enough that an instance has some of them when it is killed. */
export interface Load {
  readonly tally: Tally;
  /** Resolves when all that was begun has been answered. */
  stop(): Promise<void>;
}

const PEOPLE = 12;
const PAUSE_MS = 25;

/**
 * Starts people who create a meeting (two of them the same one), enter it and get a token, again and again. What fails is
 * noted, and asked again until it is answered: creating the same meeting twice is no harm.
 */
export function startLoad(client: ReturnType<typeof createAsker>, adminKey: string, prefix: string): Load {
  const tally: Tally = { requests: 0, tokens: 0, misses: [], links: new Map(), created: new Map() };
  let stopped = false;

  const ask = async (path: string, options: Parameters<typeof client.ask>[2]): Promise<Answer> => {
    for (;;) {
      const began = performance.now();
      tally.requests += 1;
      const answer = await client.ask('POST', path, options).catch((error: Error) => error.message);
      if (typeof answer !== 'string' && answer.status < 300) return answer;
      const told = typeof answer === 'string' ? answer : `${answer.status} ${JSON.stringify(answer.body)}`;
      tally.misses.push({ what: `${path}: ${told}`, began, ended: performance.now() });
      if (stopped) throw new Error('no answer before the end');
      await sleep(4 * PAUSE_MS);
    }
  };

  const live = async (person: number) => {
    const { token } = (await ask('/api/identity', { body: { name: `person ${person}` } })).body;
    for (let visit = 0; !stopped; visit++) {
      const id = `${prefix}-${Math.floor(person / 2)}-${visit}`;
      const meeting = (
        await ask('/api/meetings', { token: adminKey, body: { strategy: 'stable', prefix: 'c', id } })
      ).body;
      const { sessionId, url } = meeting;
      tally.links.set(sessionId, (tally.links.get(sessionId) ?? new Set()).add(url));
      if (meeting.created) tally.created.set(sessionId, (tally.created.get(sessionId) ?? 0) + 1);
      const body = { key: new URL(url).hash.replace('#key=', '') };
      await ask(`/api/meetings/${sessionId}/authorize`, { token, body });
      const issued = (await ask(`/api/meetings/${sessionId}/token`, { token, body })).body;
      if (issued.callToken) tally.tokens += 1;
      await sleep(PAUSE_MS);
    }
  };

  const people = Array.from({ length: PEOPLE }, (_, person) => live(person).catch(() => {}));
  return {
    tally,
    async stop() {
      stopped = true;
      await Promise.all(people);
    },
  };
}
