import { words } from './words.ts';

/** A time span as a clock counts it: "59:12", "23:59:12", "6 d 23:59:12"; half seconds are rounded down. */
export function sayClock(ms: number): string {
  const seconds = Math.floor(Math.abs(ms) / 1000);
  const two = (value: number) => String(value).padStart(2, '0');
  const hours = Math.floor(seconds / 3600) % 24;
  const clock = `${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
  const days = Math.floor(seconds / 86_400);
  if (days > 0) return words.days(days, `${two(hours)}:${clock}`);
  return hours > 0 ? `${hours}:${clock}` : clock;
}

/** How long something still holds, or since when it does not. */
export function sayRemaining(ms: number): string {
  return ms > 0 ? words.left(sayClock(ms)) : words.expired(sayClock(ms));
}
