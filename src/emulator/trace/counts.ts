/** What is counted of one participant's transport; `up` is towards the bridge. */
export interface Counter {
  readonly bytes: { up: number; down: number };
  /** Packets that were asked for again. */
  readonly lost: { up: number; down: number };
  close(): void;
}

/** What is told of it: kilobits per second, and packets since the last time where there were any. */
export interface Totals {
  readonly upKbps: number;
  readonly downKbps: number;
  readonly upLost?: number | undefined;
  readonly downLost?: number | undefined;
}

/** The counters of a conference, told in equal intervals while somebody hears it. */
export interface Counts {
  /** A later one of the same endpoint takes its place. */
  open(endpoint: string): Counter;
}

export interface CountsOptions {
  readonly isHeard: () => boolean;
  readonly tell: (endpoint: string, totals: Totals) => void;
  readonly intervalMs?: number;
}

/** Opens the counters; their timer runs only while there are any. */
export function createCounts({ isHeard, tell, intervalMs = 2_000 }: CountsOptions): Counts {
  const counters = new Map<string, Counter>();
  let timer: NodeJS.Timeout | undefined;

  const tick = () => {
    const heard = isHeard();
    for (const [endpoint, { bytes, lost }] of counters) {
      if (heard && bytes.up + bytes.down > 0) {
        tell(endpoint, {
          upKbps: Math.round((bytes.up * 8) / intervalMs),
          downKbps: Math.round((bytes.down * 8) / intervalMs),
          upLost: lost.up || undefined,
          downLost: lost.down || undefined,
        });
      }
      for (const count of [bytes, lost]) {
        count.up = 0;
        count.down = 0;
      }
    }
  };

  return {
    open(endpoint) {
      const counter: Counter = {
        bytes: { up: 0, down: 0 },
        lost: { up: 0, down: 0 },
        close() {
          if (counters.get(endpoint) === counter) counters.delete(endpoint);
          if (counters.size > 0) return;
          clearInterval(timer);
          timer = undefined;
        },
      };
      counters.set(endpoint, counter);
      timer ??= setInterval(tick, intervalMs).unref();
      return counter;
    },
  };
}
