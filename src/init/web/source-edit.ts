/** How somebody writes: what is put into a file of theirs reads the same. */
interface Hand {
  readonly quote: string;
  readonly semicolon: string;
  readonly eol: string;
}

function handOf(text: string): Hand {
  const count = (part: string) => text.split(part).length;
  return {
    quote: count('"') > count("'") ? '"' : "'",
    semicolon: /;\s*$/m.test(text) ? ';' : '',
    eol: text.includes('\r\n') ? '\r\n' : '\n',
  };
}

/** Lines of ours in the hand of the text that they are for. They are given with `'` and `;`. */
function inHand(lines: readonly string[], { quote, semicolon, eol }: Hand): string {
  return lines.map(line => line.replaceAll("'", quote).replace(/;$/, semicolon) + eol).join('');
}

// The last line of an import, or a whole one.
const IMPORT = /^(?:import\b[^'"\n]*['"][^'"\n]+['"]|\} from ['"][^'"\n]+['"]).*$/gm;
const REQUIRE = /^(?:const|let|var) .*= require\(.*$/gm;

/** Puts lines below the imports, or the requires, at the top of a text; at its very beginning where it has none. */
export function insertImports(text: string, lines: readonly string[]): string {
  const hand = handOf(text);
  const last = [...text.matchAll(IMPORT)].at(-1) ?? [...text.matchAll(REQUIRE)].at(-1);
  const end = last ? text.indexOf('\n', last.index + last[0].trimEnd().length) + 1 : 0;
  // A file that ends with its last import.
  if (last && end === 0) return text + hand.eol + inHand(lines, hand);
  const gap = last ? '' : hand.eol;
  return text.slice(0, end) + inHand(lines, hand) + gap + text.slice(end);
}

/** Puts a statement before the line that begins at `at`, as far in as that one. */
export function insertBefore(text: string, at: number, line: string): string {
  const indent = /^[ \t]*/.exec(text.slice(at))?.[0] ?? '';
  return text.slice(0, at) + indent + inHand([line], handOf(text)) + text.slice(at);
}

export function append(text: string, lines: readonly string[]): string {
  const hand = handOf(text);
  const gap = text === '' || text.endsWith('\n') ? '' : hand.eol;
  return text + gap + inHand(lines, hand);
}

export function isCommonJs(text: string): boolean {
  return /\brequire\(/.test(text) && !/^(?:import|export)\b/m.test(text);
}
