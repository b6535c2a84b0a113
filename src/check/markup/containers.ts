import { ts } from '@ts-morph/common';
import type { Call } from '../web/call-graph.ts';
import { calleeName, nameText } from '../web/nodes.ts';
import type { Origin } from '../web/origins.ts';
import type { Web } from '../web/web.ts';
import { createdElement } from './created-element.ts';
import { attributeOf, type MarkupElement } from './element.ts';
import type { Markup } from './markup.ts';
import { templateExpression } from './template-code.ts';

/** The elements that a join is given to draw into: its third argument, found through refs, states, ids and selectors. */
export function containersOf(call: Call, web: Web, markup: Markup): MarkupElement[] {
  const given = call.arguments?.[2];
  const origins = given ? web.origins(given).flatMap(origin => queriesOf(origin, web)) : [];
  return [...new Set(origins.flatMap(origin => elementsFor(origin, web, markup)))];
}

const QUERIES = new Set(['useTemplateRef', 'viewChild', 'required']);

/** `box()` of Angular's `box = viewChild('box')` is that query. */
function queriesOf(origin: Origin, web: Web): readonly Origin[] {
  const { node } = origin;
  if (!ts.isCallExpression(node) || node.arguments.length > 0) return [origin];
  const queries = web
    .origins(node.expression)
    .filter(({ node: each }) => ts.isCallExpression(each) && QUERIES.has(calleeName(each) ?? ''));
  return queries.length > 0 ? queries : [origin];
}

function elementsFor(origin: Origin, web: Web, markup: Markup): readonly MarkupElement[] {
  const { node, path } = origin;
  const selector = selectorOf(origin, web);
  if (selector) return bySelector(selector, node, web, markup);
  const made = createdElement(node, web);
  if (made) return [made];
  const refName = templateRef(node, path);
  const file = web.program.pathOf(node) ?? '';
  return [
    ...markup.elements().filter(each => each.node && handsTo(each, node, web)),
    ...markup.inFile(file).filter(each => refName !== null && isNamed(each, refName)),
    ...(refName === null
      ? []
      : markup
          .elements()
          .filter(each => each.file !== file && isTemplateOf(each, file) && isNamed(each, refName))),
  ];
}

/** `#call` for `getElementById('call')`, `.call` and the like for `querySelector`. */
function selectorOf(origin: Origin, web: Web): string | null {
  const { node } = origin;
  const name = ts.isCallExpression(node) ? calleeName(node) : null;
  if (name !== 'getElementById' && name !== 'querySelector') return null;
  const [argument, second] = web.argument(origin, 0);
  if (!argument || second || !ts.isStringLiteralLike(argument.node)) return null;
  return name === 'getElementById' ? `#${argument.node.text}` : argument.node.text;
}

/** By the last part of a selector, in the file itself first. */
function bySelector(selector: string, from: ts.Node, web: Web, markup: Markup): readonly MarkupElement[] {
  const last =
    selector
      .trim()
      .split(/[\s>+~]+/)
      .at(-1) ?? '';
  const [tag = '', ...marks] = last.split(/(?=[#.])/);
  const isTag = !/^[#.]/.test(tag);
  const wanted = isTag ? marks : [tag, ...marks];
  const matches = (each: MarkupElement) =>
    (!isTag || tag === '' || each.tag === tag) && wanted.every(mark => hasMark(each, mark)) && last !== '';
  const own = markup.inFile(web.program.pathOf(from) ?? '').filter(matches);
  return own.length > 0 ? own : markup.elements().filter(matches);
}

function hasMark(element: MarkupElement, mark: string): boolean {
  if (mark.startsWith('#')) return attributeOf(element, 'id')?.text === mark.slice(1);
  return attributeOf(element, 'class')?.text?.split(/\s+/).includes(mark.slice(1)) ?? false;
}

/** JSX: `ref={containerRef}`, `ref={setContainer}`, `ref={element => …}`. */
function handsTo(element: MarkupElement, holder: ts.Node, web: Web): boolean {
  const code = attributeOf(element, 'ref')?.node;
  if (!code) return false;
  if (ts.isParameter(holder)) return holder.parent === code;
  return web.origins(code).some(({ node }) => node === holder);
}

/** The name by which a template fills what is `null` in code: Vue's and Svelte's variable, Angular's view child. */
function templateRef(node: ts.Node, path: readonly string[]): string | null {
  if (path[0] === '$refs') return path[1] ?? null;
  if (ts.isPropertyDeclaration(node)) return viewChild(node);
  if (ts.isVariableDeclaration(node)) return nameText(node.name);
  if (!ts.isCallExpression(node)) return null;
  const [first] = node.arguments;
  const name = calleeName(node) ?? '';
  if (QUERIES.has(name) && first && ts.isStringLiteralLike(first)) return first.text;
  return ts.isVariableDeclaration(node.parent) ? nameText(node.parent.name) : null;
}

function viewChild(node: ts.PropertyDeclaration): string | null {
  for (const { expression } of ts.getDecorators(node) ?? []) {
    if (!ts.isCallExpression(expression) || calleeName(expression) !== 'ViewChild') continue;
    const [name] = expression.arguments;
    if (name && ts.isStringLiteralLike(name)) return name.text;
  }
  return nameText(node.name);
}

/** Vue's `ref="name"` and Angular's `#name` are text, Svelte's `bind:this={name}` is code; HTML has no capitals. */
function isNamed(element: MarkupElement, name: string): boolean {
  if (element.node) return false;
  const ref = attributeOf(element, 'ref');
  if (ref?.text)
    return ref.text === name || (element.file.endsWith('.html') && ref.text === name.toLowerCase());
  const code = ref?.code ? templateExpression(ref.code) : null;
  return code !== null && ts.isIdentifier(code) && code.text === name;
}

/** `room.component.html` for `room.component.ts`. */
function isTemplateOf({ file }: MarkupElement, script: string): boolean {
  return file.endsWith('.html') && file.slice(0, -'.html'.length) === script.replace(/\.ts$/, '');
}
