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
  /**
   * Looks at what is still open, for no longer than `patienceMs` milliseconds, and says what was found so far; whatever
   * became of pages and browser.
   */
  conclude(patienceMs: number): Promise<Conclusion>;
}

export interface Conclusion {
  readonly findings: readonly Finding[];
  /** Whose page is open, and did not answer. */
  readonly silent: readonly string[];
}

interface Watched {
  readonly person: Person;
  readonly facts: RecordedFacts;
  readonly place: CallPlace;
}

/**
 * How long a page may take to give everything back, in milliseconds. Less than the three seconds of the phase `cleanup`, which
 * begin when the first is given back: the call may be taken off the page only after that.
 */
const RELEASE_MS = 2500;
/** How long pages are waited for that others are waiting to close, in milliseconds. */
const PARTING_MS = 2000;
/** Phases after which a call token has done its work, while every page is still there. */
const TOKENS_USED: readonly string[] = ['media', 'media again'];

/** `file`: the built part for the page, dist/smoke/lint.js. */
export function createLinter(file: string, now: () => number): Linter {
  const watched: Watched[] = [];
  const others: Finding[] = [];
  let invented = false;
  let early: Promise<unknown> = Promise.resolve();
  /** Gives the names of those who did not answer. */
  const lookAtAll = async (patienceMs: number): Promise<string[]> => {
    const looks = watched.map(one => endsWithin(lookAt(one, now), patienceMs));
    await endsWithin(early, patienceMs);
    const answered = await Promise.all(looks);
    return watched.filter((_, index) => !answered[index]).map(({ person }) => person.name);
  };
  return {
    add: finding => void others.push(finding),
    onSession(session) {
      invented = session.invented ?? false;
    },
    async onPerson(person) {
      const facts = { ...emptyFacts(person.name), invented };
      recordTraffic(person.page, facts, now);
      const place = await recordPage(person, facts, await readFile(file, 'utf8'));
      watched.push({ person, facts, place });
    },
    onEnd({ name }) {
      if (!TOKENS_USED.includes(name)) return;
      early = Promise.all(watched.map(({ person, facts }) => recordStorage(person.page, facts, now)));
    },
    async beforeParting() {
      await lookAtAll(PARTING_MS);
    },
    async conclude(patienceMs) {
      const silent = await lookAtAll(patienceMs);
      const everybody = watched.map(({ facts }) => facts);
      return { findings: judge(everybody, others), silent };
    },
  };
}

/** Ends when the page has answered, or is gone; never where it hangs. */
async function lookAt(watched: Watched, now: () => number): Promise<void> {
  const { person, facts } = watched;
  await Promise.all([recordStorage(person.page, facts, now), recordLeftovers(watched, now())]);
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
