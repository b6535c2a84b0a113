import { REDACTED } from './redact.ts';

/** Values to be struck out of texts, in time that grows with the text alone, however many values there are. */
export interface Striker {
  /** A value of at least `SHORTEST` characters; shorter ones are words, and would be struck out of sentences. */
  add(value: string): void;
  strike(text: string): string;
}

export const SHORTEST = 12;

/** By their ends: JWTs of one maker all begin alike. */
export function createStriker(): Striker {
  const byEnd = new Map<string, Set<string>>();
  // Most places of a text are ruled out by two characters, without a look-up.
  const endings = new Uint8Array(ENDINGS);
  return {
    add(value) {
      if (value.length < SHORTEST) return;
      const end = value.slice(-SHORTEST);
      const alike = byEnd.get(end);
      if (alike) alike.add(value);
      else byEnd.set(end, new Set([value]));
      endings[endingAt(value, value.length)] = 1;
    },
    strike(text) {
      const spans: Span[] = [];
      for (let end = SHORTEST; end <= text.length; end += 1) {
        if (endings[endingAt(text, end)] === 0) continue;
        const alike = byEnd.get(text.slice(end - SHORTEST, end));
        if (alike) note(spans, { start: end - longestBefore(text, end, alike), end });
      }
      return cut(text, spans);
    },
  };
}

interface Span {
  readonly start: number;
  readonly end: number;
}

const ENDINGS = 0x10000;

function endingAt(text: string, end: number): number {
  return (text.charCodeAt(end - 1) * 251 + text.charCodeAt(end - 2)) % ENDINGS;
}

/** 0 where none of them ends there. */
function longestBefore(text: string, end: number, values: ReadonlySet<string>): number {
  let longest = 0;
  for (const value of values) if (value.length > longest && text.endsWith(value, end)) longest = value.length;
  return longest;
}

/** One may be a part of another: what overlaps is one span. */
function note(spans: Span[], { start, end }: Span): void {
  let first = start;
  if (first === end) return;
  for (let last = spans.at(-1); last && last.end > first; last = spans.at(-1)) {
    first = Math.min(first, last.start);
    spans.pop();
  }
  spans.push({ start: first, end });
}

function cut(text: string, spans: readonly Span[]): string {
  if (spans.length === 0) return text;
  const starts = [0, ...spans.map(({ end }) => end)];
  return starts.map((start, index) => text.slice(start, spans[index]?.start)).join(REDACTED);
}
