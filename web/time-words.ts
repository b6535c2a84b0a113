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
const DAYS = { style: 'unit', unit: 'day', unitDisplay: 'long' } as const;
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
  // Days are counted as `sayWhen` counts them: "tomorrow" is not "in 2 days".
  const count = unit === 'day' ? daysBetween(now, at) : distance / ms;
  const amount = Math.max(1, Math.round(Math.abs(count)));
  return new Intl.RelativeTimeFormat(LANGUAGE).format(distance > 0 ? amount : -amount, unit);
}

/** Time to go as a clock: "4:59", "3:04:05"; from two days on in words. Below zero it stands at "0:00". */
export function sayCountdown(ms: number): string {
  if (ms >= 2 * DAY_MS) return new Intl.NumberFormat(LANGUAGE, DAYS).format(Math.floor(ms / DAY_MS));
  const seconds = Math.max(0, Math.ceil(ms / 1000));
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60];
  const clock = hours > 0 ? [hours, two(minutes), two(seconds % 60)] : [minutes, two(seconds % 60)];
  return clock.join(':');
}

function two(value: number): string {
  return String(value).padStart(2, '0');
}

function sayDay(at: number, now: number, locale: string): string {
  const days = daysBetween(now, at);
  if (Math.abs(days) <= 1) {
    return new Intl.RelativeTimeFormat(LANGUAGE, { numeric: 'auto' }).format(days, 'day');
  }
  return new Intl.DateTimeFormat(locale, { weekday: 'long', day: 'numeric', month: 'long' }).format(at);
}

/** Of the calendar; a day of a clock change counts as one. */
function daysBetween(from: number, to: number): number {
  return Math.round((startOfDay(to) - startOfDay(from)) / DAY_MS);
}

function startOfDay(at: number): number {
  return new Date(at).setHours(0, 0, 0, 0);
}

/** Words of our language, with the clock (12 or 24 hours) that its speaker is used to. */
function clockLocale(): string {
  return navigator.languages.find(language => language.startsWith(LANGUAGE)) ?? FALLBACK[LANGUAGE];
}
