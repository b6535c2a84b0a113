import { stripVTControlCharacters } from 'node:util';

/** Fewer columns than this beside a label are not worth keeping to. */
const LEAST = 14;

/**
 * Breaks lines that are wider than a terminal between words, and goes on below the last column: a label stays readable
 * beside its value. Colours take no room. No columns: the text as it is, for pipes.
 */
export function wrapLines(text: string, columns: number | undefined): string {
  if (!columns) return text;
  return text
    .split('\n')
    .flatMap(line => wrapLine(line, columns - 1))
    .join('\n');
}

function wrapLine(line: string, width: number): string[] {
  if (widthOf(line) <= width) return [line];
  const indent = hangingIndent(line, width);
  const lines: string[] = [];
  let current = /^ */.exec(line)?.[0] ?? '';
  for (const [gap, word] of wordsOf(line)) {
    const fits = widthOf(current) + gap.length + widthOf(word) <= width;
    if (fits || current.trim() === '') current += (current.trim() === '' ? '' : gap) + word;
    else {
      lines.push(current);
      current = ' '.repeat(indent) + word;
    }
  }
  return [...lines, current];
}

/** Each word with the spaces before it. */
function wordsOf(line: string): [string, string][] {
  return [...line.trimEnd().matchAll(/( *)(\S+)/g)].map(([, gap = '', word = '']) => [gap, word]);
}

/** Where the last column begins, if its words have room there; else a little further in than the line itself. */
function hangingIndent(line: string, width: number): number {
  const plain = stripVTControlCharacters(line);
  const column = /^(.*\S {2,})\S/.exec(plain)?.[1]?.length ?? 0;
  const own = /^ */.exec(plain)?.[0].length ?? 0;
  const widest = Math.max(LEAST, ...plain.slice(column).split(' ').map(widthOf));
  return column > 0 && width - column >= widest ? column : own + 2;
}

function widthOf(text: string): number {
  return stripVTControlCharacters(text).length;
}
