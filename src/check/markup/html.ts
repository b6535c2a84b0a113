import { parse, parseFragment } from 'parse5';
import type { Attribute, Condition, MarkupElement } from './element.ts';

interface Place {
  readonly startOffset: number;
  readonly endOffset: number;
}

interface HtmlNode {
  readonly nodeName: string;
  readonly tagName?: string;
  readonly value?: string;
  readonly attrs?: readonly { name: string; value: string }[];
  readonly childNodes?: readonly HtmlNode[];
  readonly content?: HtmlNode;
  readonly sourceCodeLocation?: (Place & { startTag?: Place; attrs?: Record<string, Place> }) | null;
}

interface Visit {
  readonly file: string;
  /** What is added to positions: a template inside of a script begins later. */
  readonly base: number;
  readonly parent: MarkupElement | null;
  readonly conditions: readonly Condition[];
  readonly elements: MarkupElement[];
}

/** The elements of a page, or of an Angular template (`base`: where it begins in the file). */
export function htmlElements(file: string, text: string, base = 0): MarkupElement[] {
  const elements: MarkupElement[] = [];
  const options = { sourceCodeLocationInfo: true };
  const isPage = /<(?:!doctype|html|body|head)\b/i.test(text);
  const root = (isPage ? parse(text, options) : parseFragment(text, options)) as HtmlNode;
  visitAll(root.childNodes ?? [], { file, base, parent: null, conditions: [], elements });
  return elements;
}

function visitAll(nodes: readonly HtmlNode[], visit: Visit): void {
  const blocks: (Condition | null)[] = [];
  for (const node of nodes) {
    if (node.nodeName === '#text') readBlocks(node, visit.base, blocks);
    const around = blocks.filter(each => each !== null);
    if (node.tagName)
      visitElement(node, node.tagName, { ...visit, conditions: [...visit.conditions, ...around] });
  }
}

/** Angular's `@if (joined) {` and `}`, which are text for HTML. */
function readBlocks(
  { value = '', sourceCodeLocation }: HtmlNode,
  base: number,
  blocks: (Condition | null)[],
): void {
  const at = base + (sourceCodeLocation?.startOffset ?? 0);
  for (const match of value.matchAll(/@(?:if|else if)\s*\(([^{]*)\)\s*\{|@\w+[^{}@]*\{|\}/g)) {
    if (match[0] === '}') blocks.pop();
    else if (match[1] === undefined) blocks.push(null);
    else {
      const start = at + match.index + match[0].indexOf(match[1]);
      blocks.push({ code: match[1], negated: false, node: null, start, end: start + match[1].length });
    }
  }
}

function visitElement(node: HtmlNode, tag: string, visit: Visit): void {
  const place = node.sourceCodeLocation;
  const span = place?.startTag ?? place;
  const attributes = (node.attrs ?? []).flatMap(each =>
    attributeFrom(each, place?.attrs?.[each.name], visit.base),
  );
  const shown = attributes.find(({ name }) => name === '*ngIf' || name === '*ngif');
  const own: Condition[] = shown?.code ? [{ ...shown, code: shown.code, negated: false }] : [];
  const element: MarkupElement = {
    file: visit.file,
    tag,
    start: visit.base + (span?.startOffset ?? 0),
    end: visit.base + (span?.endOffset ?? 0),
    attributes,
    conditions: [...visit.conditions, ...own],
    node: null,
    parent: visit.parent,
  };
  visit.elements.push(element);
  const children = [...(node.childNodes ?? []), ...(node.content?.childNodes ?? [])];
  visitAll(children, { ...visit, conditions: element.conditions, parent: element });
}

/** `#call` is a reference, `[style]` and `[ngClass]` are code, `[style.height.px]` one style. */
function attributeFrom(
  { name, value }: { name: string; value: string },
  place: Place | undefined,
  base: number,
): Attribute[] {
  const rest = { node: null, start: base + (place?.startOffset ?? 0), end: base + (place?.endOffset ?? 0) };
  if (name.startsWith('#')) return [{ name: 'ref', text: name.slice(1), code: null, ...rest }];
  if (name.startsWith('*')) return [{ name, text: null, code: value, ...rest }];
  if (!name.startsWith('[')) return [{ name, text: value, code: null, ...rest }];
  const [target = '', member] = name.slice(1, -1).split('.');
  const plain = { ngstyle: 'style', ngclass: 'class' }[target.toLowerCase()] ?? target;
  return [{ name: member ? `${plain}:${member}` : plain, text: null, code: value, ...rest }];
}
