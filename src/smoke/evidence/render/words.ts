/** `850 ms`, `6.9 s`, `2 min 5 s`. */
export function duration(ms: number): string {
  const rounded = Math.round(ms);
  if (rounded < 1000) return `${rounded} ms`;
  if (rounded < 60_000) return `${(rounded / 1000).toFixed(1)} s`;
  return `${Math.floor(rounded / 60_000)} min ${Math.round((rounded % 60_000) / 1000)} s`;
}

/** An instant on the run's clock: `3.214 s`. */
export function instant(ms: number): string {
  return `${(ms / 1000).toFixed(3)} s`;
}

/** `1 finding`, `2 findings`. */
export function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}
