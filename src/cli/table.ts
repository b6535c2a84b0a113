import { stripVTControlCharacters } from 'node:util';

// East Asian wide letters and pictures take two columns of a terminal, combining marks none.
const WIDE =
  /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]|\p{Emoji_Presentation}/u;
const NONE = /\p{Mark}|\p{Cf}/u;

/** Columns of a terminal that a text takes. */
export function widthOf(text: string): number {
  let width = 0;
  for (const letter of stripVTControlCharacters(text))
    width += NONE.test(letter) ? 0 : WIDE.test(letter) ? 2 : 1;
  return width;
}

/** Shortens `text` to `most` characters, and shows that it did. */
export function cut(text: string, most: number): string {
  const letters = [...text];
  return letters.length <= most
    ? text
    : `${letters
        .slice(0, most - 1)
        .join('')
        .trimEnd()}…`;
}

/** Aligned lines, the first with the titles. A column in which no row has anything is left out. */
export function formatTable(
  rows: readonly Record<string, string>[],
  styleTitle = (title: string) => title,
): string[] {
  const titles = Object.keys(rows[0] ?? {}).filter(title => rows.some(row => row[title]));
  const widths = new Map(
    titles.map(title => {
      const texts = [title, ...rows.map(row => row[title] ?? '')];
      return [title, Math.max(...texts.map(widthOf))];
    }),
  );
  const lineOf = (cellOf: (title: string) => string) =>
    titles
      .map(title => cellOf(title) + ' '.repeat((widths.get(title) ?? 0) - widthOf(cellOf(title))))
      .join('  ')
      .trimEnd();
  return [lineOf(styleTitle), ...rows.map(row => lineOf(title => row[title] ?? ''))];
}
