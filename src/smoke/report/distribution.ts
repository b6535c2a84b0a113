export interface Distribution {
  readonly min: number;
  readonly median: number;
  readonly p90: number;
  readonly max: number;
}

/** Nearest-rank values; rejects an empty list, which has none. */
export function distribute(values: readonly number[]): Distribution {
  const sorted = values.toSorted((a, b) => a - b);
  const rank = (share: number) => sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? Number.NaN;
  if (sorted.length === 0) throw new RangeError('no values to distribute');
  return { min: rank(0), median: rank(0.5), p90: rank(0.9), max: rank(1) };
}
