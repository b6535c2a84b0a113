import { SaxesParser } from 'saxes';

export interface XmlElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly XmlElement[];
  /** What stands in it directly, without the white space around it. */
  readonly text: string;
  /** Offset of its `<` in the file. */
  readonly start: number;
}

export interface ParsedXml {
  /** null where there is not one whole element. */
  readonly root: XmlElement | null;
  /** What is wrong with the file, in the parser's words; what stands before it was read. */
  readonly fault: string | null;
}

type Draft = { -readonly [K in keyof XmlElement]: XmlElement[K] } & { children: XmlElement[] };

/** Reads a manifest or a property list. Namespaces stay prefixes, as both formats fix them. */
export function readXml(text: string): ParsedXml {
  const parser = new SaxesParser();
  const open: Draft[] = [];
  let root: XmlElement | null = null;
  let fault: string | null = null;
  let start = 0;
  parser.on('error', error => {
    fault ??= error.message;
  });
  parser.on('opentagstart', () => {
    start = text.lastIndexOf('<', parser.position - 1);
  });
  parser.on('opentag', ({ name, attributes }) => {
    open.push({ name, attributes: { ...attributes }, children: [], text: '', start });
  });
  const addText = (words: string) => {
    const inner = open.at(-1);
    if (inner) inner.text += words;
  };
  parser.on('text', addText);
  parser.on('cdata', addText);
  parser.on('closetag', () => {
    const closed = open.pop();
    if (!closed) return;
    closed.text = closed.text.trim();
    const around = open.at(-1);
    if (around) around.children.push(closed);
    else root = closed;
  });
  parser.write(text).close();
  return { root, fault };
}

/** Everything below an element with that name, in the order of the file. */
export function elementsNamed(element: XmlElement, name: string): XmlElement[] {
  return element.children.flatMap(child => [
    ...(child.name === name ? [child] : []),
    ...elementsNamed(child, name),
  ]);
}
