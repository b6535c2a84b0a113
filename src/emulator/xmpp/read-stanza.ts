import type { Element } from 'ltx';
import { SaxesParser } from 'saxes';
import { el, type Stanza } from './stanza.ts';

/** Real stanzas are a dozen elements deep; copying and writing recurse, so a deeper one could exhaust the stack. */
const MAX_DEPTH = 32;

/**
 * Reads one stanza; null when it is not well-formed XML with namespaces, has what XMPP forbids (comments, processing
 * instructions, document types: RFC 6120, 11.1), or is nested absurdly. Strict, since what is read here is written again
 * to others, whose parsers end the connection over one bad name: ltx's own would let it pass.
 */
export function readStanza(text: string): Stanza | null {
  const reader = createReader();
  try {
    reader.parser.write(text).close();
    return reader.root();
  } catch {
    return null;
  }
}

function createReader() {
  const parser = new SaxesParser({ xmlns: true });
  const open: Element[] = [];
  let root: Element | null = null;

  parser.on('opentag', ({ name, prefix, attributes }) => {
    if (open.length === MAX_DEPTH) throw new Error('nested too deep');
    const given = Object.values(attributes);
    // Parts of a stanza go to others without the element that bound the prefix; no client of ours uses any.
    if (prefix || given.some(isPrefixed)) throw new Error('a namespace prefix');
    const attrs = Object.fromEntries(given.map(attribute => [attribute.name, attribute.value]));
    const element = el(name, attrs);
    open.at(-1)?.cnode(element);
    root ??= element;
    open.push(element);
  });
  parser.on('text', text => open.at(-1)?.t(text));
  parser.on('cdata', text => open.at(-1)?.t(text));
  parser.on('closetag', () => open.pop());
  for (const forbidden of ['comment', 'processinginstruction', 'doctype', 'xmldecl', 'error'] as const)
    parser.on(forbidden, () => {
      throw new Error(`${forbidden} in a stanza`);
    });
  return { parser, root: (): Element | null => root };
}

function isPrefixed({ name, prefix }: { name: string; prefix: string }): boolean {
  return name !== 'xmlns' && prefix !== '' && prefix !== 'xml';
}
