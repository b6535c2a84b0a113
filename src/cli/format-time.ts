const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const two = (n: number) => String(n).padStart(2, '0');

function formatOffset(date: Date): string {
  const east = -date.getTimezoneOffset();
  if (east === 0) return 'UTC';
  const minutes = Math.abs(east);
  return `${east < 0 ? '-' : '+'}${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}

/** `2026-11-20 16:00 +01:00`: the wall clock here, and which one that is. */
export function formatInstant(ms: number): string {
  const date = new Date(ms);
  const day = `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
  return `${day} ${two(date.getHours())}:${two(date.getMinutes())} ${formatOffset(date)}`;
}

function formatSpan(ms: number): string {
  if (ms < 90_000) return `${Math.round(ms / 1000)} s`;
  if (ms < 90 * MINUTE) return `${Math.round(ms / MINUTE)} min`;
  return ms < 2 * DAY ? `${Math.round(ms / HOUR)} h` : `${Math.round(ms / DAY)} d`;
}

/** `in 24 h`, `in 30 d`, `5 min ago`, `just now`. */
export function formatRelative(ms: number, now: number): string {
  if (ms <= now && now - ms < 5_000) return 'just now';
  return ms >= now ? `in ${formatSpan(ms - now)}` : `${formatSpan(now - ms)} ago`;
}

/** `2026-11-20 16:00 +01:00 (in 24 h)`. */
export function formatWhen(ms: number, now: number): string {
  return `${formatInstant(ms)} (${formatRelative(ms, now)})`;
}
