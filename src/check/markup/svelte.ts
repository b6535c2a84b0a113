import { type AST, parse } from 'svelte/compiler';
import type { Note } from '../project/note.ts';
import type { ProjectFile } from '../project/read.ts';
import type { Attribute, Condition, MarkupElement } from './element.ts';

interface Visit {
  readonly file: string;
  readonly text: string;
  readonly parent: MarkupElement | null;
  readonly conditions: readonly Condition[];
  readonly elements: MarkupElement[];
}

interface Spanned {
  readonly start: number;
  readonly end: number;
}

/** The elements of a component. What is broken becomes a note. */
export function svelteElements({ path, text }: ProjectFile, notes: Note[]): MarkupElement[] {
  const elements: MarkupElement[] = [];
  try {
    const { fragment } = parse(text, { modern: true, loose: true });
    visitFragment(fragment, { file: path, text, parent: null, conditions: [], elements });
  } catch (error) {
    const [line = ''] = error instanceof Error ? error.message.split('\n', 1) : [];
    notes.push({ file: path, message: `broken template (${line}): checked as far as it can be read` });
  }
  return elements;
}

function visitFragment(fragment: AST.Fragment | null | undefined, visit: Visit): void {
  for (const node of fragment?.nodes ?? []) visitNode(node, visit);
}

function visitNode(node: AST.Fragment['nodes'][number], visit: Visit): void {
  if (node.type === 'IfBlock') {
    const condition = conditionFrom(node.test as unknown as Spanned, visit.text);
    const under = (negated: boolean) => ({
      ...visit,
      conditions: [...visit.conditions, { ...condition, negated }],
    });
    visitFragment(node.consequent, under(false));
    visitFragment(node.alternate, under(true));
  } else if (node.type === 'EachBlock' || node.type === 'KeyBlock' || node.type === 'SnippetBlock') {
    visitFragment('body' in node ? node.body : node.fragment, visit);
  } else if (node.type === 'AwaitBlock') {
    for (const each of [node.pending, node.then, node.catch]) visitFragment(each, visit);
  } else if ('attributes' in node && 'fragment' in node) visitElement(node, visit);
}

function visitElement(node: AST.ElementLike, visit: Visit): void {
  const last = node.attributes.at(-1)?.end ?? node.start;
  const element: MarkupElement = {
    file: visit.file,
    tag: node.name,
    start: node.start,
    end: visit.text.indexOf('>', last) + 1 || node.end,
    attributes: node.attributes.flatMap(each => attributeFrom(each, visit.text)),
    conditions: visit.conditions,
    node: null,
    parent: visit.parent,
  };
  visit.elements.push(element);
  visitFragment(node.fragment, { ...visit, parent: element });
}

function conditionFrom({ start, end }: Spanned, text: string): Condition {
  return { code: text.slice(start, end), negated: false, node: null, start, end };
}

function attributeFrom(each: AST.ElementLike['attributes'][number], text: string): Attribute[] {
  const place = { node: null, start: each.start, end: each.end };
  if (each.type === 'BindDirective') {
    const { start, end } = each.expression as unknown as Spanned;
    return [
      { name: each.name === 'this' ? 'ref' : each.name, text: null, code: text.slice(start, end), ...place },
    ];
  }
  if (each.type === 'Attribute') return [{ name: each.name, ...plainOf(each.value, text), ...place }];
  if (each.type === 'StyleDirective')
    return [{ name: `style:${each.name}`, ...plainOf(each.value, text), ...place }];
  return each.type === 'ClassDirective'
    ? [{ name: `class:${each.name}`, text: null, code: null, ...place }]
    : [];
}

/** Of `class="x {y}"` the text is what is plain in it. */
function plainOf(value: AST.Attribute['value'], text: string): Pick<Attribute, 'text' | 'code'> {
  if (value === true) return { text: '', code: null };
  const parts = Array.isArray(value) ? value : [value];
  const plain = parts.filter(each => each.type === 'Text').map(each => each.data);
  const code = parts.find(each => each.type === 'ExpressionTag');
  const inner = code?.expression as unknown as Spanned | undefined;
  return {
    text: plain.length > 0 ? plain.join(' ') : null,
    code: inner ? text.slice(inner.start, inner.end) : null,
  };
}
