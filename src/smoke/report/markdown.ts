import { oneLine } from './plain-text.ts';

/** Longer texts are cut: GitHub takes one MiB for all of a step. */
const MOST_CHARACTERS = 600;

/** Any text as Markdown that shows it as it is: no markup, no HTML, no mention, no table cell's end. */
export function escapeMarkdown(text: string): string {
  const line = oneLine(text);
  const cut = line.length > MOST_CHARACTERS ? `${line.slice(0, MOST_CHARACTERS)}…` : line;
  return cut.replace(
    /[^\p{L}\p{N}\p{Emoji_Presentation} .,;'…-]/gu,
    character => `&#${character.codePointAt(0)};`,
  );
}

/** A table; cells are escaped. No rows: no table. */
export function markdownTable(head: readonly string[], rows: readonly (readonly string[])[]): string {
  if (rows.length === 0) return '';
  const line = (cells: readonly string[]) => `| ${cells.map(escapeMarkdown).join(' | ')} |`;
  return [line(head), `|${head.map(() => ' --- |').join('')}`, ...rows.map(line)].join('\n');
}
