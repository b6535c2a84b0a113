import { smokeFailure } from '../phase.ts';
import { rejectOn } from '../signals.ts';
import type { Person } from './person.ts';
import { type Traffic, type Weather, weatherBetween } from './weather.ts';

export interface WeatherWatch {
  readonly person: Person;
  /** Milliseconds over which the weather is taken; it slides along. */
  readonly windowMs: number;
  readonly signal: AbortSignal;
  /** Told each weather on the way, for the words of a failure. */
  readonly onWeather?: (weather: Weather) => void;
}

/** Watches from now on until the weather fits. Rejects with the signal's reason. */
export async function untilWeather(
  { person, windowMs, signal, onWeather }: WeatherWatch,
  fits: (weather: Weather) => boolean,
): Promise<Weather> {
  const ended = rejectOn(signal);
  const seen: Traffic[] = [];
  for (;;) {
    const now = await Promise.race([askTraffic(person), ended]);
    seen.push(now);
    while (seen[1] && seen[1].t <= now.t - windowMs) seen.shift();
    const [first = now] = seen;
    if (now.t - first.t < windowMs) continue;
    const weather = weatherBetween(first, now);
    onWeather?.(weather);
    if (fits(weather)) return weather;
  }
}

/** The page answers a moment later, which sets the pace: statistics are not free. */
const PACE_MS = 50;

async function askTraffic({ name, page }: Person): Promise<Traffic> {
  const traffic = await page
    .evaluate(async pace => {
      await new Promise(resolve => setTimeout(resolve, pace));
      const { __meetProbe: probe } = globalThis as { __meetProbe?: { takeTraffic(): Promise<Traffic> } };
      return probe ? probe.takeTraffic() : null;
    }, PACE_MS)
    .catch(() => null);
  if (traffic) return traffic;
  throw smokeFailure(`${name}'s page does not answer any more`);
}
