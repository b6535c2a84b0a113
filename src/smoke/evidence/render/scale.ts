/** Places instants of a run on an axis from 0 to 100 percent. */
export interface Scale {
  /** Where the axis begins and ends. */
  readonly fromMs: number;
  readonly totalMs: number;
  /** `12.34%`. */
  at(t: number): string;
  /** The same as a number, from 0 to 100. */
  percent(t: number): number;
  /** Instants for the axis' labels. */
  readonly ticks: readonly number[];
}

const MOST_TICKS = 8;

/** From the run's begin, or later, to its end. What a clock has moved beyond stays at the edge. */
export function createScale(totalMs: number, fromMs = 0): Scale {
  const whole = Math.max(1, totalMs - fromMs);
  const percent = (t: number) => Math.round(Math.min(1, Math.max(0, (t - fromMs) / whole)) * 10_000) / 100;
  const step = niceStep(whole / MOST_TICKS);
  const ticks = Array.from({ length: Math.floor(whole / step) + 1 }, (_, index) => fromMs + index * step);
  return { fromMs, totalMs: fromMs + whole, percent, at: t => `${percent(t)}%`, ticks };
}

/** The next of 1, 2, 5, 10, 20 … that is no smaller. Pure. */
export function niceStep(least: number): number {
  const power = 10 ** Math.floor(Math.log10(Math.max(1, least)));
  return [1, 2, 5, 10].map(factor => factor * power).find(step => step >= least) ?? 10 * power;
}

export interface Span {
  readonly start: number;
  readonly end: number;
}

/** Puts spans into as few rows as keep them from lying over each other; gives each one's row. Pure. */
export function packRows(spans: readonly Span[]): number[] {
  const ends: number[] = [];
  const order = spans.map((span, index) => ({ span, index })).sort((a, b) => a.span.start - b.span.start);
  const rows: number[] = [];
  for (const { span, index } of order) {
    const free = ends.findIndex(end => end <= span.start);
    const row = free < 0 ? ends.length : free;
    ends[row] = span.end;
    rows[index] = row;
  }
  return rows;
}
