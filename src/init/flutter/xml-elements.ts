import { SaxesParser } from 'saxes';
import { MeetError } from '../../core/errors.ts';

/** An element and where it stands, so that the text around it stays as it is. */
export interface XmlElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly text: string;
  readonly children: readonly XmlElement[];
  /** Offset of its `<`. */
  readonly start: number;
  /** Offset of `</`; of an element without content that is its end. */
  readonly close: number;
  readonly empty: boolean;
}

type Draft = { -readonly [K in keyof XmlElement]: XmlElement[K] } & { children: XmlElement[] };

/** Throws `BAD_REQUEST` for what is no whole XML: it is for people to mend. */
export function readElements(text: string, file: string): XmlElement {
  const parser = new SaxesParser();
  const open: Draft[] = [];
  let root: XmlElement | null = null;
  let start = 0;
  parser.on('error', () => {
    throw new MeetError('BAD_REQUEST', `${file} is no whole XML; mend it first.`);
  });
  parser.on('opentagstart', () => {
    start = text.lastIndexOf('<', parser.position - 1);
  });
  parser.on('opentag', ({ name, attributes, isSelfClosing }) => {
    open.push({
      name,
      attributes: { ...attributes },
      text: '',
      children: [],
      start,
      close: 0,
      empty: isSelfClosing,
    });
  });
  parser.on('text', words => {
    const inner = open.at(-1);
    if (inner) inner.text += words.trim();
  });
  parser.on('closetag', () => {
    const closed = open.pop();
    if (!closed) return;
    closed.close = closed.empty ? parser.position : text.lastIndexOf('</', parser.position - 1);
    const around = open.at(-1);
    if (around) around.children.push(closed);
    else root = closed;
  });
  parser.write(text).close();
  if (root) return root;
  throw new MeetError('BAD_REQUEST', `${file} is empty; mend it first.`);
}

/** Puts whole lines in front of the line on which `at` stands, in the file's own line ends. */
export function insertLines(text: string, at: number, lines: readonly string[]): string {
  const end = text.includes('\r\n') ? '\r\n' : '\n';
  const lineStart = text.lastIndexOf('\n', at - 1) + 1;
  const alone = text.slice(lineStart, at).trim() === '';
  const before = text.slice(0, alone ? lineStart : at);
  return `${before}${alone ? '' : end}${lines.map(line => line + end).join('')}${text.slice(before.length)}`;
}

/** The white space before an element, where it stands on a line of its own. */
export function indentOf(text: string, at: number): string {
  const line = text.slice(text.lastIndexOf('\n', at - 1) + 1, at);
  return line.trim() === '' ? line : '';
}
