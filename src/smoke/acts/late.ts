import { explainCameras, explainMedia } from '../explain/explain-people.ts';
import type { PageDriver } from '../page-driver.ts';
import { type Cast, sends } from '../people/cast.ts';
import { peopleInside } from '../people/expect-media.ts';
import { proveMedia } from '../people/media.ts';
import type { Person } from '../people/person.ts';
import { smokeFailure } from '../phase.ts';
import { type Scene, SECOND } from '../scene.ts';
import { limitSignal } from '../signals.ts';
import type { Session } from '../venue.ts';
import { enterAll } from './come-in.ts';

const MEET_LIMIT_MS = 15 * SECOND;

export interface Arrival {
  readonly session: Session;
  readonly early: readonly Person[];
  readonly late: readonly Person[];
}

/** The late come in once the others are proven to see and hear each other; resolves to when they were let in (epoch ms). */
export function letLateIn({ runner, options }: Scene, driver: PageDriver, arrival: Arrival): Promise<number> {
  const { session, early, late } = arrival;
  const coming = peopleInside(late);
  return runner.run({
    name: 'late',
    limitMs: MEET_LIMIT_MS + 20 * SECOND,
    async work(signal) {
      await proveFirst(early, options.cast, signal);
      const cameAt = options.now();
      await enterAll(late, driver, { session, signal });
      await Promise.all(coming.map(person => driver.untilJoined(person, { signal })));
      const names = late.map(({ name }) => name).join(' and ');
      return { value: cameAt, detail: `${names} came when the others had met` };
    },
    explain: () => driver.explainStuck(coming),
  });
}

async function proveFirst(early: readonly Person[], cast: Cast, signal: AbortSignal): Promise<void> {
  const filmed = early.filter(({ role }) => sends(role, 'video'));
  const limit = limitSignal(signal, MEET_LIMIT_MS, `${MEET_LIMIT_MS / 1000} s`);
  try {
    await proveMedia(early, { marks: new Map(), signal: limit.signal });
  } catch {
    const cameras = await explainCameras(filmed, cast);
    if (cameras) throw smokeFailure(cameras, 'camera');
    throw smokeFailure(await explainMedia(early, new Map()), 'media');
  } finally {
    limit.release();
  }
}
