import { widthOf } from './table.ts';

type Style = (text: string) => string;

/** A table's cell: its text, which may be broken between words, and how it looks. */
export interface Cell {
  readonly text: string;
  readonly style: Style;
}

interface FitOptions {
  /** Columns of the terminal; infinite where there is none. */
  readonly width: number;
  readonly styleTitle: Style;
  /**
   * Columns that are there in any case, with the least widths, which grow with these rows: so a table that goes on keeps its
   * columns. Of the others one in which no row has anything is left out.
   */
  readonly steady?: Map<string, number>;
}

const GAP = 2;
const INDENT = 4;
/** Narrower, a sentence would be a column of single words. */
const LEAST_LAST = 24;

/**
 * A table for a terminal of this width, the lines of each row, the first with the titles. The last column breaks between
 * words, and what has no room beside the others goes on lines of its own below. Nothing is cut: people copy what is shown.
 */
export function fitTable(rows: readonly Record<string, Cell>[], options: FitOptions): string[][] {
  const { width, styleTitle, steady = new Map<string, number>() } = options;
  const titles = Object.keys(rows[0] ?? {}).filter(
    title => steady.has(title) || rows.some(row => row[title]?.text),
  );
  const widths = titles.map(title => {
    const texts = [title, ...rows.map(row => row[title]?.text ?? '')];
    return Math.max(steady.get(title) ?? 0, ...texts.map(widthOf));
  });
  for (const [index, title] of titles.entries()) if (steady.has(title)) steady.set(title, widths[index] ?? 0);
  const place = (cells: readonly Cell[]) => placeRow(cells, widths, width);
  return [
    place(titles.map(text => ({ text, style: styleTitle }))),
    ...rows.map(row => place(titles.map(title => row[title] ?? { text: '', style: text => text }))),
  ];
}

function placeRow(cells: readonly Cell[], widths: readonly number[], width: number): string[] {
  const last = countBeside(widths, width) - 1;
  const columns = cells.slice(0, Math.max(0, last));
  const margin = widths.slice(0, columns.length).reduce((sum, each) => sum + each + GAP, 0);
  const line = columns.map(({ text, style }, index) => {
    const space = ' '.repeat((widths[index] ?? 0) + GAP - widthOf(text));
    return (text && style(text)) + space;
  });
  const [first = '', ...more] = breakWords(cells.slice(columns.length, last + 1), width - margin);
  return [
    (line.join('') + first).trimEnd(),
    ...more.map(text => ' '.repeat(margin) + text),
    ...breakWords(cells.slice(last + 1), width - INDENT).map(text => ' '.repeat(INDENT) + text),
  ];
}

/** How many columns stand beside each other; the last of all may break. */
function countBeside(widths: readonly number[], width: number): number {
  let used = 0;
  for (const [index, each] of widths.entries()) {
    const need = index === widths.length - 1 ? Math.min(each, LEAST_LAST) : each;
    if (index > 0 && used + need > width) return index;
    used += each + GAP;
  }
  return widths.length;
}

/** The texts one after the other in lines of this width; a longer word, like a uid, stays whole. */
function breakWords(cells: readonly Cell[], width: number): string[] {
  const lines: { text: string; taken: number }[] = [];
  for (const { text, style } of cells) {
    for (const [index, word] of text.split(' ').filter(Boolean).entries()) {
      const line = lines.at(-1);
      const gap = index === 0 ? GAP : 1;
      const taken = widthOf(word);
      if (!line || line.taken + gap + taken > width) lines.push({ text: style(word), taken });
      else {
        line.text += ' '.repeat(gap) + style(word);
        line.taken += gap + taken;
      }
    }
  }
  return lines.map(({ text }) => text);
}
