/** Code between backticks stays on one line where it is short enough. */
const WORDS = /(?:[^\s`]*`[^`]{1,40}`)+\S*|\S+/g;

/** Breaks a text into lines of at most `width` characters; longer words stand alone. Its own line breaks stay. */
export function wrap(text: string, width: number): string[] {
  return text.split('\n').flatMap(line => wrapLine(line, Math.max(width, 20)));
}

function wrapLine(line: string, width: number): string[] {
  if (line.length <= width) return [line];
  const indent = line.slice(0, line.length - line.trimStart().length);
  const lines: string[] = [];
  for (const word of line.match(WORDS) ?? []) {
    const longer = `${lines.at(-1) ?? ''} ${word}`;
    if (lines.length > 0 && indent.length + longer.length <= width) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  return lines.map(each => indent + each);
}

/** One line of at most `width` characters. */
export function cut(text: string, width: number): string {
  return text.length <= width ? text : `${text.slice(0, Math.max(0, width - 1))}…`;
}

/** Other people's text, for a terminal: what would move its cursor or change its colours is taken out. */
export function tame(text: string): string {
  return text.replace(/\t/g, ' ').replace(/[\p{Cc}\p{Bidi_Control}\uFEFF]/gu, '�');
}
