import { pressLeave, reachState } from '../people/page-actions.ts';
import { askSnapshot, type Person } from '../people/person.ts';
import type { Snapshot } from '../people/snapshot.ts';
import { smokeFailure } from '../phase.ts';
import { type Couple, type Scene, SECOND } from '../scene.ts';
import { limitSignal } from '../signals.ts';

/** How long a page may take to give everything back after it says "you left", in milliseconds. */
const QUIET_LIMIT_MS = 3 * SECOND;

/** Bob leaves too; then nobody's page holds a connection or a camera any more. */
export function cleanUp({ runner, draft }: Scene, { bob }: Couple): Promise<void> {
  return runner.run({
    name: 'cleanup',
    limitMs: 10 * SECOND,
    async work(signal) {
      const from = bob.chronicle.mark();
      const left = reachState(bob, 'left', { from, signal });
      await pressLeave(bob);
      await left;
      await awaitQuiet(bob, from, signal);
      const snapshot = await askSnapshot(bob);
      if (!snapshot) throw smokeFailure("bob's page does not answer any more");
      draft.cleanup = countRemains(snapshot);
      return { value: undefined, detail: 'no open connection, no live track' };
    },
    explain: async () => "bob pressed the SDK's leave button, but his page stayed in the call",
  });
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
export function countRemains({ connections, liveTracks }: Snapshot): {
  openConnections: number;
  liveTracks: number;
} {
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
