import { askSnapshot, type Person } from '../people/person.ts';
import type { Snapshot } from '../people/snapshot.ts';
import { smokeFailure } from '../phase.ts';
import { type Scene, SECOND } from '../scene.ts';
import { limitSignal } from '../signals.ts';
import type { Venue } from '../venue.ts';

/** How long a page may take to give everything back after it says "you left", in milliseconds. */
const QUIET_LIMIT_MS = 3 * SECOND;

/** Whoever is still there leaves too; then no page holds a connection or a camera any more. */
export function cleanUp(
  { runner, draft }: Scene,
  { driver }: Venue,
  people: readonly Person[],
): Promise<void> {
  const rest = people.filter(({ page }) => !page.isClosed());

  return runner.run({
    name: 'cleanup',
    limitMs: 10 * SECOND,
    async work(signal) {
      const remains = await Promise.all(rest.map(person => goHome(person, driver, signal)));
      const all = remains.reduce(addRemains, NOTHING);
      draft.cleanup = all;
      return { value: undefined, detail: judgeRemains(all) };
    },
    explain: async () =>
      `${rest.map(({ name }) => name).join(' and ')} pressed the leave button, but the page stayed in the call`,
  });
}

/** Whoever was denied her devices may never have come in, and then has nothing to leave. */
async function goHome(person: Person, driver: Venue['driver'], signal: AbortSignal): Promise<Remains> {
  if (person.role !== 'denied') return leaveQuietly(person, driver, signal);
  const snapshot = await askSnapshot(person);
  const remains = snapshot ? countRemains(snapshot) : NOTHING;
  return remains.openConnections > 0 ? leaveQuietly(person, driver, signal) : remains;
}

async function leaveQuietly(person: Person, driver: Venue['driver'], signal: AbortSignal): Promise<Remains> {
  const from = person.chronicle.mark();
  await driver.leave(person, signal);
  await awaitQuiet(person, from, signal);
  const snapshot = await askSnapshot(person);
  if (!snapshot) throw smokeFailure(`${person.name}'s page does not answer any more`);
  return countRemains(snapshot);
}

/**
 * Everything was given back by then: a connection after that means that the page called again, a track that it shows a
 * preview for the next call. Throws SMOKE_FAILED for a connection. Pure.
 */
export function judgeRemains({ openConnections, liveTracks }: Remains): string {
  if (openConnections > 0)
    throw smokeFailure(`everybody left, but then ${openConnections} connections were opened anew`);
  if (liveTracks === 0) return 'no open connection, no live track';
  return `no open connection; all was given back, then ${liveTracks} tracks were opened anew`;
}

interface Remains {
  readonly openConnections: number;
  readonly liveTracks: number;
}

const NOTHING: Remains = { openConnections: 0, liveTracks: 0 };

function addRemains(a: Remains, b: Remains): Remains {
  return {
    openConnections: a.openConnections + b.openConnections,
    liveTracks: a.liveTracks + b.liveTracks,
  };
}

/** Waits until a page that was left has given back its connections and its camera. */
export async function awaitQuiet(person: Person, from: number, signal: AbortSignal): Promise<void> {
  const limit = limitSignal(signal, QUIET_LIMIT_MS, 'not quiet');
  try {
    await person.chronicle.until({ kind: 'quiet', from, signal: limit.signal });
  } catch {
    throw smokeFailure(describeRemains(person.name, await askSnapshot(person)), 'cleanup');
  } finally {
    limit.release();
  }
}

/** What a page still holds. Pure. */
export function countRemains({ connections, liveTracks }: Snapshot): Remains {
  return {
    openConnections: connections.filter(({ signaling }) => signaling !== 'closed').length,
    liveTracks: liveTracks.length,
  };
}

/** As `countRemains`, in words. Pure. */
export function describeRemains(name: string, snapshot: Snapshot | null): string {
  if (!snapshot) return `${name}'s page does not answer any more`;
  const { openConnections, liveTracks } = countRemains(snapshot);
  const tracks = liveTracks === 0 ? '' : `: ${snapshot.liveTracks.join(', ')}`;
  return `${name} left, but the page holds ${openConnections} open connections and ${liveTracks} live tracks${tracks}`;
}
