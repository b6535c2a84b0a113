import { ts } from '@ts-morph/common';
import { enclosingFn, nameText, walk } from '../web/nodes.ts';
import type { Attribute, Condition, MarkupElement } from './element.ts';

/** All elements of a file's JSX. */
export function jsxElements(file: string, source: ts.SourceFile): MarkupElement[] {
  const known = new Map<ts.Node, MarkupElement>();
  const build = (node: ts.JsxOpeningLikeElement): MarkupElement => {
    const found = known.get(node);
    if (found) return found;
    const outer = outerElement(node);
    const element: MarkupElement = {
      file,
      tag: node.tagName.getText(source),
      start: node.getStart(source),
      end: node.end,
      attributes: node.attributes.properties.flatMap(each => attributesOf(each, source)),
      conditions: conditionsOf(node, source),
      node,
      parent: outer && build(outer),
    };
    known.set(node, element);
    return element;
  };
  return [...walk(source)].filter(node => ts.isJsxOpeningLikeElement(node)).map(build);
}

function outerElement(node: ts.JsxOpeningLikeElement): ts.JsxOpeningElement | null {
  const own = ts.isJsxOpeningElement(node) ? node.parent : node;
  for (let each: ts.Node | undefined = own.parent; each; each = each.parent) {
    if (ts.isJsxElement(each)) return each.openingElement;
    if (ts.isFunctionLike(each)) return null;
  }
  return null;
}

const NAMES: Readonly<Record<string, string>> = { className: 'class', htmlFor: 'for', innerRef: 'ref' };

function attributesOf(node: ts.JsxAttributeLike, source: ts.SourceFile): Attribute[] {
  const name = ts.isJsxAttribute(node) ? nameText(node.name) : null;
  if (!ts.isJsxAttribute(node) || name === null) return [];
  const { initializer } = node;
  const code = initializer && ts.isJsxExpression(initializer) ? (initializer.expression ?? null) : null;
  const text = code
    ? literalText(code)
    : initializer && ts.isStringLiteral(initializer)
      ? initializer.text
      : '';
  return [
    {
      name: NAMES[name] ?? name,
      text,
      code: code?.getText(source) ?? null,
      node: code,
      start: node.getStart(source),
      end: node.end,
    },
  ];
}

function literalText(node: ts.Expression): string | null {
  return ts.isStringLiteralLike(node) ? node.text : null;
}

/** `a && <div/>`, `a ? <div/> : …`, `if (!a) return …` before it, in the component that has the element. */
function conditionsOf(start: ts.Node, source: ts.SourceFile): Condition[] {
  const found: Condition[] = [];
  const add = (node: ts.Expression, negated: boolean) =>
    found.unshift({ code: node.getText(source), negated, node, start: node.getStart(source), end: node.end });
  const owner = enclosingFn(start);
  for (let node = start; node.parent && node !== owner; node = node.parent) {
    const { parent } = node;
    if (ts.isConditionalExpression(parent) && node !== parent.condition)
      add(parent.condition, node === parent.whenFalse);
    else if (ts.isBinaryExpression(parent) && node === parent.right) {
      if (parent.operatorToken.kind === ts.SyntaxKind.AmpersandAmpersandToken) add(parent.left, false);
      if (parent.operatorToken.kind === ts.SyntaxKind.BarBarToken) add(parent.left, true);
    } else if (ts.isIfStatement(parent) && node !== parent.expression)
      add(parent.expression, node === parent.elseStatement);
    else if (ts.isBlock(parent)) for (const each of earlyReturns(parent, node)) add(each.expression, true);
  }
  return found;
}

function earlyReturns({ statements }: ts.Block, before: ts.Node): ts.IfStatement[] {
  return statements
    .filter(ts.isIfStatement)
    .filter(each => each.end <= before.pos && !each.elseStatement && leaves(each.thenStatement));
}

function leaves(node: ts.Statement): boolean {
  if (ts.isReturnStatement(node) || ts.isThrowStatement(node)) return true;
  const last = ts.isBlock(node) ? node.statements.at(-1) : undefined;
  return last !== undefined && leaves(last);
}
