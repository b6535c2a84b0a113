import type { Cast } from '../people/cast.ts';
import type { Session, Venue } from '../venue.ts';
import { createAnyPage } from './any-page.ts';
import { bareLink, fillInLink, namesSession, type Words } from './fill-in.ts';
import type { PagePlan } from './page-plan.ts';

/** A page of the user's: a session is an id that nobody used before, or what the link says where it is fixed. */
export function createAnyVenue(plan: PagePlan, cast: Cast): Venue {
  const numberOf = countNames(cast.members.map(({ name }) => name));
  const sessionAt = new Map<string, string>();
  const wordsFor = (name: string, sessionId: string): Words => {
    const n = numberOf(name);
    return { sessionId, name, n: String(n), uid: plan.uids?.[n - 1] ?? `cometchat-uid-${n}` };
  };

  return {
    driver: createAnyPage(plan, (name, url) => wordsFor(name, sessionAt.get(url) ?? '')),
    house: null,
    async openSession(): Promise<Session> {
      const { sessionId, links = {} } = (await plan.createSession?.()) ?? { sessionId: makeUp(plan) };
      return {
        id: sessionId,
        invented: !plan.createSession && namesSession(plan.url),
        linkFor(name) {
          const link = links[name] ?? fillInLink(plan.url, wordsFor(name, sessionId));
          sessionAt.set(link, sessionId);
          return link;
        },
      };
    },
  };
}

/** A fixed link is one session, whatever its id. */
function makeUp({ url, newId }: PagePlan): string {
  return namesSession(url) ? newId() : bareLink(url).pathname;
}

/** Numbers from 1: those of the cast by their places, others as they come. */
function countNames(names: readonly string[]): (name: string) => number {
  const known = [...names];
  return name => {
    const at = known.indexOf(name);
    return at < 0 ? known.push(name) : at + 1;
  };
}
