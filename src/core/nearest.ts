/** Edit distance (Levenshtein), one row at a time. */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const swap = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next[j] = Math.min(swap, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1);
    }
    row = next;
  }
  return row[b.length] ?? 0;
}

/** The choice a mistyped word most likely meant, or null when none is near. */
export function findNearest(word: string, choices: readonly string[]): string | null {
  const ranked = choices
    .map(choice => ({ choice, far: distance(word.toLowerCase(), choice) }))
    .sort((a, b) => a.far - b.far);
  const best = ranked[0];
  if (!best) return null;
  const { choice, far } = best;
  // With two of three letters wrong it could be any word.
  return far <= Math.max(2, Math.floor(choice.length / 3)) && 2 * far <= choice.length ? choice : null;
}
