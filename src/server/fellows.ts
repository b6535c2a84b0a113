import { createHmac, randomUUID } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import type { ServerStore } from '../store/servers.ts';

const EVERY_MS = 30_000;
/** One that was killed is taken for alive so long. */
const LIVES_MS = 3 * EVERY_MS;

export interface FellowOptions {
  readonly servers: ServerStore;
  readonly secret: string;
  readonly adminKey: string;
  readonly now: () => number;
  /** Told once of each setting that another living server has otherwise. */
  readonly onNote: (note: string) => void;
  readonly onFailure: (error: unknown) => void;
}

/**
 * Looks whether the other servers of the store have the same keys, now and from time to time: with others people are somebody
 * at one and nobody at the next, by chance. Resolves after the first look with what ends it.
 */
export async function watchFellows(options: FellowOptions): Promise<() => Promise<void>> {
  const { servers, secret, adminKey, now, onNote, onFailure } = options;
  const mark = { id: randomUUID(), secretMark: markOf(secret), adminMark: markOf(adminKey) };
  const told = new Set<string>();
  const stopping = new AbortController();

  const look = async () => {
    const others = await servers.announce({ ...mark, until: now() + LIVES_MS }, now());
    const differing = [
      ...(others.some(({ secretMark }) => secretMark !== mark.secretMark) ? ['MEET_SECRET'] : []),
      ...(others.some(({ adminMark }) => adminMark !== mark.adminMark) ? ['MEET_ADMIN_KEY'] : []),
    ];
    for (const name of differing.filter(name => !told.has(name))) onNote(describe(name));
    told.clear();
    for (const name of differing) told.add(name);
  };
  const run = async () => {
    while (!stopping.signal.aborted) {
      await setTimeout(EVERY_MS, undefined, { signal: stopping.signal }).catch(() => {});
      if (!stopping.signal.aborted) await look().catch(onFailure);
    }
  };

  await look().catch(onFailure);
  const ended = run();
  return async () => {
    stopping.abort();
    await ended;
    // One that cannot be withdrawn is forgotten in time.
    await servers.withdraw(mark.id).catch(() => {});
  };
}

/** 32 bits: enough to tell keys apart. Who has a dump of the database can try out by it what a weak one may be; a random one not. */
const markOf = (key: string) =>
  createHmac('sha256', key).update('meet: do we have the same key?').digest('hex').slice(0, 8);

function describe(name: string): string {
  const refused = name === 'MEET_SECRET' ? 'people of one are refused (401)' : 'the admin of one is refused';
  return `Another server of this database has another ${name}, or had until a minute ago: ${refused} at the other; give all the same, and restart them.`;
}
