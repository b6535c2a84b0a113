import { MeetError } from './errors.ts';

/** A time of the week: on each of `days` (1 is Monday, as in ISO 8601), from and to in minutes after midnight. */
export interface Window {
  readonly days: readonly number[];
  readonly from: number;
  /** Up to 24:00; not after `from`: on the next day. */
  readonly to: number;
}

const DAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'] as const;
const MOST_WINDOWS = 20;
const MIDNIGHT = 24 * 60;

const WINDOW = /^([a-z][a-z ,-]*?) +(\d{1,2})(?::(\d\d))? *- *(\d{1,2})(?::(\d\d))?$/i;

function badHours(why: string): MeetError {
  return new MeetError(
    'BAD_TIME',
    `${why}; write hours like 'Mon-Fri 14:00-16:00' or 'Mon,Wed 9:00-11:30; Fri 14:00-16:00'.`,
  );
}

function readDay(text: string): number {
  const index = DAYS.findIndex(day => day.toLowerCase() === text.trim().toLowerCase());
  if (index < 0) throw badHours(`${JSON.stringify(text.trim())} is not a day of the week`);
  return index + 1;
}

/** `Fri-Mon` goes over the weekend. */
function readDayRange(text: string): number[] {
  const [first = 0, last = first, ...more] = text.split('-').map(readDay);
  if (more.length > 0) throw badHours(`${JSON.stringify(text)} has too many days`);
  return Array.from({ length: ((last - first + 7) % 7) + 1 }, (_, step) => ((first - 1 + step) % 7) + 1);
}

function readClock(hour: string | undefined, minute = '00'): number {
  const minutes = Number(hour) * 60 + Number(minute);
  if (Number(minute) < 60 && minutes <= MIDNIGHT) return minutes;
  throw badHours(`${hour}:${minute} is no time of the day`);
}

function readWindow(text: string): Window {
  const [, days = '', hour, minute, endHour, endMinute] = WINDOW.exec(text.trim()) ?? [];
  if (!days) throw badHours(`${JSON.stringify(text.trim())} is not a day and a time`);
  const [from, to] = [readClock(hour, minute), readClock(endHour, endMinute)];
  if (from === MIDNIGHT) throw badHours('A day begins at 0:00, not at 24:00');
  if (from === to) throw badHours('From and to are the same; a whole day is 0:00-24:00');
  const chosen = days.split(',').flatMap(readDayRange);
  return { days: [...new Set(chosen)].sort((a, b) => a - b), from, to };
}

/** Reads `Mon-Fri 14:00-16:00`, several with a semicolon between; 22:00-2:00 ends on the next day. Throws `BAD_TIME`. */
export function parseHours(text: string): Window[] {
  // Word processors and phones write other dashes.
  const windows = text.replace(/[–—]/g, '-').split(';').map(readWindow);
  if (windows.length > MOST_WINDOWS) throw badHours(`${MOST_WINDOWS} times of the week are the most`);
  return windows;
}

const two = (n: number) => String(n).padStart(2, '0');

function formatClock(minutes: number): string {
  return `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}

function formatDays(days: readonly number[]): string {
  const runs: number[][] = [];
  for (const day of days) {
    const run = runs.at(-1);
    if (run?.at(-1) === day - 1) run.push(day);
    else runs.push([day]);
  }
  const name = (day = 1) => DAYS[day - 1];
  return runs
    .map(run => (run.length > 2 ? `${name(run[0])}-${name(run.at(-1))}` : run.map(name).join(',')))
    .join(',');
}

/** The one way in which hours are kept and shown; `parseHours` reads it. */
export function formatHours(windows: readonly Window[]): string {
  return windows
    .map(({ days, from, to }) => `${formatDays(days)} ${formatClock(from)}-${formatClock(to)}`)
    .join('; ');
}
