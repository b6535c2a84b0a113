import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

setFlagsFromString('--expose-gc');

/** Frees at once what can be freed, so that what is measured next is what is held. */
export const collectGarbage = runInNewContext('gc') as () => void;

/** What this process holds, after a collection. */
export interface Holding {
  readonly heapBytes: number;
  readonly residentBytes: number;
  /** Sockets and timers by kind, such as `{UDPWrap: 1}`. */
  readonly resources: Readonly<Record<string, number>>;
}

export function readHolding(): Holding {
  collectGarbage();
  const { heapUsed, external, rss } = process.memoryUsage();
  const resources: Record<string, number> = {};
  for (const kind of process.getActiveResourcesInfo()) resources[kind] = (resources[kind] ?? 0) + 1;
  return { heapBytes: heapUsed + external, residentBytes: rss, resources };
}

/** Of what kinds of socket, pipe, process and timer there are more. Fewer are fine: idle HTTP connections end by themselves. */
export function moreThan(before: Holding, now: Holding): string[] {
  return Object.entries(now.resources)
    .filter(
      ([kind, count]) => /Wrap$|^Timeout$|^Immediate$/.test(kind) && count > (before.resources[kind] ?? 0),
    )
    .map(([kind, count]) => `${count} ${kind}, of ${before.resources[kind] ?? 0} before`);
}
