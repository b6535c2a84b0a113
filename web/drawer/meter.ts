import { type Rates, ratesBetween } from './rates.ts';
import { type Route, readRoute } from './route.ts';
import { type Sample, type Stat, takeSample } from './sample.ts';

/** How far back the plots look (ms). */
export const WINDOW_MS = 90_000;
const PERIOD_MS = 1_000;

export interface Meter {
  /** The latest last. */
  readonly rates: readonly Rates[];
  readonly route: Route;
  start(): void;
}

/**
 * Reads the connections' statistics once a second. In a call of many people a browser counts thousands of them, so this costs
 * something: it does not begin before somebody has looked, and goes on then, since a plot with gaps says less.
 */
export function createMeter(connections: () => RTCPeerConnection[], changed: () => void): Meter {
  const rates: Rates[] = [];
  let route: Route = {};
  let last: Sample | null = null;
  let started = false;

  async function measure(): Promise<void> {
    const stats = await readStats(connections());
    const sample = takeSample(stats, Date.now());
    const since = last && sample.streams.size > 0 ? ratesBetween(last, sample) : null;
    last = sample;
    route = readRoute(stats);
    if (since) rates.push(since);
    while (rates[0] && rates[0].at < sample.at - WINDOW_MS) rates.shift();
    changed();
  }

  async function goOn(): Promise<void> {
    // A statistic that fails is missing, no more.
    await measure().catch(() => {});
    setTimeout(() => void goOn(), PERIOD_MS);
  }

  return {
    rates,
    get route() {
      return route;
    },
    start() {
      if (started) return;
      started = true;
      void goOn();
    },
  };
}

async function readStats(connections: readonly RTCPeerConnection[]): Promise<Stat[]> {
  const reports = await Promise.all(connections.map(connection => connection.getStats()));
  return reports.flatMap(report => [...(report as ReadonlyMap<string, Stat>).values()]);
}
