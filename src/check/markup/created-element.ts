import { ts } from '@ts-morph/common';
import { accessedName, calleeName, isAccess } from '../web/nodes.ts';
import type { Web } from '../web/web.ts';
import type { Attribute, MarkupElement } from './element.ts';

/** `document.createElement('div')`, with what the same code then sets on it. */
export function createdElement(node: ts.Node, web: Web): MarkupElement | null {
  if (!ts.isCallExpression(node) || calleeName(node) !== 'createElement') return null;
  const [tag] = node.arguments;
  const file = web.program.pathOf(node);
  const variable = ts.isVariableDeclaration(node.parent) ? node.parent.name : null;
  const symbol = variable ? web.symbols.symbolOf(variable) : null;
  if (!tag || !ts.isStringLiteralLike(tag) || file === null || !symbol) return null;
  const assigned = web.symbols.assignmentsTo(symbol).flatMap(({ path, value }) => {
    const name = nameOfAssigned(path);
    return name ? [attribute(name, value, null)] : [];
  });
  const called = web.symbols.references(symbol).flatMap(name => setByCall(name, web));
  const span = { start: node.getStart(), end: node.end };
  const attributes = [...assigned, ...called];
  return { file, tag: tag.text, ...span, attributes, conditions: [], node: null, parent: null };
}

function nameOfAssigned([first, second]: readonly string[]): string | null {
  if (first === 'className') return 'class';
  if (first === 'id') return 'id';
  if (first !== 'style') return null;
  return second === undefined || second === 'cssText' ? 'style' : `style:${second}`;
}

function attribute(name: string, value: ts.Expression, node: ts.Expression | null): Attribute {
  const text = ts.isStringLiteralLike(value) ? value.text : null;
  return { name, text, code: null, node, start: value.getStart(), end: value.end };
}

/** `box.setAttribute('style', …)`, `box.classList.add(…)`, `Object.assign(box.style, …)`; what else gets it may do anything. */
function setByCall(name: ts.Identifier, web: Web): Attribute[] {
  let at: ts.Expression = name;
  const path: string[] = [];
  while (isAccess(at.parent) && at.parent.expression === at) {
    at = at.parent;
    path.push(accessedName(at) ?? '');
  }
  const { parent: call } = at;
  if (!ts.isCallExpression(call)) return [];
  const [first, second] = call.arguments;
  if (call.expression === at) return setByMethod(path.join('.'), call.arguments);
  if (calleeName(call) === 'assign' && first === at && second && path.join() === 'style')
    return [attribute('style', second, second)];
  const isHarmless =
    path.length > 0 || PLACERS.has(calleeName(call) ?? '') || web.sdk.member(call.expression);
  return isHarmless ? [] : [{ ...attribute('style', at, null), text: null }];
}

function setByMethod(method: string, [first, second, ...more]: readonly ts.Expression[]): Attribute[] {
  if (!first) return [];
  if (method === 'classList.add')
    return [first, second, ...more].flatMap(each => (each ? [attribute('class', each, each)] : []));
  if (!second || !ts.isStringLiteralLike(first)) return [];
  if (method === 'style.setProperty') return [attribute(`style:${first.text}`, second, null)];
  return method === 'setAttribute' ? [attribute(first.text, second, second)] : [];
}

/** What puts an element somewhere, and leaves it as it is. */
const PLACERS = new Set([
  ...['append', 'appendChild', 'prepend', 'replaceChildren', 'replaceWith', 'replaceChild', 'insertBefore'],
  ...['before', 'after', 'insertAdjacentElement', 'observe', 'contains', 'removeChild'],
]);
