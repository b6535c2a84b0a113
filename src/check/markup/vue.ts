import {
  type AttributeNode,
  type DirectiveNode,
  type ElementNode,
  parse,
  type TemplateChildNode,
} from '@vue/compiler-dom';
import type { Note } from '../project/note.ts';
import type { ProjectFile } from '../project/read.ts';
import type { Attribute, Condition, MarkupElement } from './element.ts';

// The numbers of Vue's `NodeTypes`, which is a const enum and so does not exist at run time.
const ELEMENT = 1;
const ATTRIBUTE = 6;

/** The elements of a component's template. What is broken becomes notes. */
export function vueElements({ path, text }: ProjectFile, notes: Note[]): MarkupElement[] {
  const elements: MarkupElement[] = [];
  const root = parse(text, {
    parseMode: 'sfc',
    onError: ({ loc, message }) => {
      notes.push({
        file: path,
        ...(loc && { line: loc.start.line }),
        message: `broken template (${message})`,
      });
    },
  });
  const template = root.children.find(each => each.type === ELEMENT && each.tag === 'template');
  if (template?.type !== ELEMENT) return [];
  // The outer parse leaves a template of the SFC as it is only where it is plain HTML.
  visitAll(template.children, { file: path, text, parent: null, conditions: [], elements });
  return elements;
}

interface Visit {
  readonly file: string;
  readonly text: string;
  readonly parent: MarkupElement | null;
  readonly conditions: readonly Condition[];
  readonly elements: MarkupElement[];
}

function visitAll(nodes: readonly TemplateChildNode[], visit: Visit): void {
  let branches: Condition[] = [];
  for (const node of nodes) {
    if (node.type !== ELEMENT) continue;
    const [own, negated] = conditionOf(node);
    const isElse = node.props.some(({ name }) => name === 'else' || name === 'else-if');
    const before = isElse ? branches.map(each => ({ ...each, negated: true })) : [];
    branches = own && !negated ? [...(isElse ? branches : []), own] : isElse ? branches : [];
    visitElement(node, { ...visit, conditions: [...visit.conditions, ...before, ...(own ? [own] : [])] });
  }
}

function visitElement(node: ElementNode, visit: Visit): void {
  const start = node.loc.start.offset;
  const element: MarkupElement = {
    file: visit.file,
    tag: node.tag,
    start,
    end: openingEnd(node, visit.text),
    attributes: node.props.flatMap(attributeOfProp),
    conditions: visit.conditions,
    node: null,
    parent: visit.parent,
  };
  visit.elements.push(element);
  visitAll(node.children, { ...visit, parent: element });
}

function openingEnd(node: ElementNode, text: string): number {
  const from = node.props.at(-1)?.loc.end.offset ?? node.loc.start.offset;
  return text.indexOf('>', from) + 1 || node.loc.end.offset;
}

/** `v-if`, `v-else-if` and `v-show`; the last keeps the element, but without a size. */
function conditionOf({ props }: ElementNode): [Condition | null, boolean] {
  const found = props.find(
    (each): each is DirectiveNode => each.type !== ATTRIBUTE && ['if', 'else-if', 'show'].includes(each.name),
  );
  const code = codeOf(found);
  if (!found || code === null) return [null, false];
  return [
    { code, negated: false, node: null, start: found.loc.start.offset, end: found.loc.end.offset },
    found.name === 'show',
  ];
}

function attributeOfProp(prop: AttributeNode | DirectiveNode): Attribute[] {
  const place = { node: null, start: prop.loc.start.offset, end: prop.loc.end.offset };
  if (prop.type === ATTRIBUTE)
    return [{ name: prop.name, text: prop.value?.content ?? '', code: null, ...place }];
  const argument = prop.arg && 'content' in prop.arg ? prop.arg.content : null;
  if (prop.name !== 'bind' || argument === null) return [];
  return [{ name: argument, text: null, code: codeOf(prop), ...place }];
}

function codeOf(prop: DirectiveNode | undefined): string | null {
  return prop?.exp && 'content' in prop.exp ? prop.exp.content : null;
}
