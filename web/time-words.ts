import { inLanguage, LANGUAGE } from './language.ts';

const DAY_MS = 24 * 60 * 60_000;
const UNITS = [
  ['day', DAY_MS],
  ['hour', 60 * 60_000],
  ['minute', 60_000],
] as const;
// Its own words: every page says times, and none of them all that the join page says.
const AT = inLanguage({
  en: (day: string, time: string) => `${day} at ${time}`,
  de: (day: string, time: string) => `${day} um ${time}`,
});
/** For who prefers a language that we do not speak. */
const FALLBACK = { en: 'en-GB', de: 'de-DE' };

/** "today at 15:00", "tomorrow at 09:30", "Friday, 27 November at 15:00". Times in epoch ms, words in local time. */
export function sayWhen(at: number, now: number, locale = clockLocale()): string {
  const time = new Intl.DateTimeFormat(locale, { timeStyle: 'short' }).format(at);
  return AT(sayDay(at, now, locale), time);
}

/** "in 20 minutes", "5 minutes ago"; at least a minute, since "in 0 minutes" says nothing. */
export function sayDistance(at: number, now: number): string {
  const distance = at - now;
  const [unit, ms] = UNITS.find(([, size]) => Math.abs(distance) >= size) ?? (['minute', 60_000] as const);
  const amount = Math.max(1, Math.round(Math.abs(distance) / ms));
  return new Intl.RelativeTimeFormat(LANGUAGE).format(distance > 0 ? amount : -amount, unit);
}

function sayDay(at: number, now: number, locale: string): string {
  const days = Math.round((startOfDay(at) - startOfDay(now)) / DAY_MS);
  if (Math.abs(days) <= 1) {
    return new Intl.RelativeTimeFormat(LANGUAGE, { numeric: 'auto' }).format(days, 'day');
  }
  return new Intl.DateTimeFormat(locale, { weekday: 'long', day: 'numeric', month: 'long' }).format(at);
}

function startOfDay(at: number): number {
  return new Date(at).setHours(0, 0, 0, 0);
}

/** Words of our language, with the clock (12 or 24 hours) that its speaker is used to. */
function clockLocale(): string {
  return navigator.languages.find(language => language.startsWith(LANGUAGE)) ?? FALLBACK[LANGUAGE];
}
