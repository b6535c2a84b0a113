import type { Browser } from 'playwright-core';
import { closeAll } from '../closing.ts';
import { explainMedia } from '../explain/explain-people.ts';
import { COUPLE } from '../people/cast.ts';
import { inviteCompany } from '../people/company.ts';
import { proveMedia } from '../people/media.ts';
import type { Person } from '../people/person.ts';
import { smokeFailure } from '../phase.ts';
import { type Scene, SECOND } from '../scene.ts';
import { limitSignal } from '../signals.ts';
import type { Venue } from '../venue.ts';
import type { Stage } from './scenario.ts';

/** How long people may take to meet before a scenario begins, in milliseconds. */
const MEET_LIMIT_MS = 30 * SECOND;

/** A stage for one scenario; `strike` sends everybody home who came for it. */
export function createStage(
  scene: Scene,
  venue: Venue,
  { browser, signal }: { browser: Browser; signal: AbortSignal },
): { stage: Stage; strike(): Promise<void> } {
  const undoing: (() => Promise<unknown>)[] = [];
  const ownScene: Scene = { ...scene, undo: step => undoing.push(step) };
  const stage: Stage = {
    scene: ownScene,
    venue,
    browser,
    signal,
    async meet({ members = COUPLE.members, session: given, browserOf = () => browser, onPerson } = {}) {
      const session = given ?? (await venue.openSession());
      for (const watcher of scene.watchers) watcher.onSession?.(session);
      const watchers = onPerson ? [...scene.watchers, { onPerson }] : scene.watchers;
      const watched = { ...ownScene, watchers };
      // A tab may crash here on purpose.
      const people = await inviteCompany(watched, browserOf, { members, sameProfile: false }, () => {});
      const limit = limitSignal(signal, MEET_LIMIT_MS, `${MEET_LIMIT_MS / 1000} s`);
      try {
        await letMeet(people, venue, { linkFor: session.linkFor, signal: limit.signal });
      } catch (error) {
        if (!limit.signal.aborted || signal.aborted) throw error;
        throw smokeFailure(`the people did not meet before it began: ${await explain(people, venue)}`);
      } finally {
        limit.release();
      }
      return { session, people };
    },
  };
  return {
    stage,
    async strike() {
      await closeAll(undoing);
    },
  };
}

async function letMeet(
  people: readonly Person[],
  { driver }: Venue,
  { linkFor, signal }: { linkFor(name: string): string; signal: AbortSignal },
): Promise<void> {
  await Promise.all(
    people.map(async person => {
      await driver.enter(person, linkFor(person.name), signal);
      await driver.untilJoined(person, { signal });
    }),
  );
  await proveMedia(people, { marks: new Map(), signal });
}

async function explain(people: readonly Person[], { driver }: Venue): Promise<string> {
  return (await driver.explainStuck(people)) || explainMedia(people, new Map());
}
