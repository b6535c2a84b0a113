export interface Position {
  /** From 1. */
  readonly line: number;
  readonly column: number;
}

/** Old Macintosh files have the first half of Windows' ends alone. */
export const LINE_END = /\r\n|\n|\r/g;

/** Where the lines of a text begin. */
export function lineStarts(text: string): number[] {
  const starts = [0];
  for (const { 0: end, index } of text.matchAll(LINE_END)) starts.push(index + end.length);
  return starts;
}

/** Line and column of a character, by the starts of its text's lines. */
export function positionAt(starts: readonly number[], offset: number): Position {
  let [low, high] = [0, starts.length - 1];
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((starts[middle] ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return { line: low + 1, column: offset - (starts[low] ?? 0) + 1 };
}
