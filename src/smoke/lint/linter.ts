import { readFile } from 'node:fs/promises';
import { countRemains } from '../acts/clean-up.ts';
import { askSnapshot, type Person } from '../people/person.ts';
import { endsWithin } from '../signals.ts';
import type { Watcher } from '../watcher.ts';
import { emptyFacts, type RecordedFacts } from './facts.ts';
import type { Finding } from './finding.ts';
import { judge } from './judge.ts';
import { type CallPlace, recordPage } from './record-page.ts';
import { recordStorage } from './record-storage.ts';
import { recordTraffic } from './record-traffic.ts';

/** A watcher that finds broken rules; it holds the tokens that it saw, and tells none. */
export interface Linter extends Watcher {
  /** Adds what was found elsewhere: a scenario provoked it. */
  add(finding: Finding): void;
  /** Looks at what is still open, for so many milliseconds at most, and says what was found so far. */
  conclude(limitMs: number): Promise<readonly Finding[]>;
}

interface Watched {
  readonly person: Person;
  readonly facts: RecordedFacts;
  readonly place: CallPlace;
}

/** How long a page may take to give everything back, in milliseconds. */
const RELEASE_MS = 3000;
/** Phases after which a call token has done its work, while every page is still there. */
const TOKENS_USED: readonly string[] = ['media', 'media again'];

/** `file`: the built part for the page, dist/smoke/lint.js. */
export function createLinter(file: string, now: () => number): Linter {
  const watched: Watched[] = [];
  const others: Finding[] = [];
  const looks: Promise<void>[] = [];
  const profiles: unknown[] = [];
  let invented = false;
  const lookAtStorage = () => {
    looks.push(...watched.map(({ person, facts }) => recordStorage(person.page, facts, now)));
  };
  const lookAgain = async () => {
    lookAtStorage();
    await Promise.all([...looks.splice(0), ...watched.map(one => recordLeftovers(one, now()))]);
  };
  return {
    add: finding => void others.push(finding),
    onSession(session) {
      invented = session.invented ?? false;
    },
    async onPerson(person) {
      const profile = person.page.context();
      if (!profiles.includes(profile)) profiles.push(profile);
      const facts = { ...emptyFacts(person.name, profiles.indexOf(profile)), invented };
      recordTraffic(person.page, facts, now);
      watched.push({
        person,
        facts,
        place: await recordPage(person.page, facts, await readFile(file, 'utf8')),
      });
    },
    onEnd({ name }) {
      if (TOKENS_USED.includes(name)) lookAtStorage();
    },
    beforeParting: lookAgain,
    async conclude(limitMs) {
      await endsWithin(lookAgain(), limitMs);
      return judge(
        watched.map(({ facts }) => facts),
        others,
      );
    },
  };
}

/** What a page still holds although the call has been off it for long enough. */
async function recordLeftovers({ person, facts, place }: Watched, t: number): Promise<void> {
  const { goneAt } = place;
  if (goneAt === null || t - goneAt < RELEASE_MS || person.page.isClosed()) return;
  const quietSince = person.chronicle.since('quiet').some(quiet => quiet.t >= goneAt);
  const snapshot = quietSince ? null : await askSnapshot(person);
  if (!snapshot) return;
  const { openConnections, liveTracks } = countRemains(snapshot);
  if (openConnections + liveTracks === 0) return;
  facts.leftovers.push({ t, openConnections, liveTracks: snapshot.liveTracks });
}
