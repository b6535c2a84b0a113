import { ts } from '@ts-morph/common';

/** A function with a body. */
export type Fn =
  | ts.FunctionDeclaration
  | ts.FunctionExpression
  | ts.ArrowFunction
  | ts.MethodDeclaration
  | ts.ConstructorDeclaration
  | ts.AccessorDeclaration;

export function isFn(node: ts.Node): node is Fn {
  return (
    ts.isFunctionDeclaration(node) ||
    ts.isFunctionExpression(node) ||
    ts.isArrowFunction(node) ||
    ts.isMethodDeclaration(node) ||
    ts.isConstructorDeclaration(node) ||
    ts.isAccessor(node)
  );
}

/** The innermost function around a node; null at the top of a module. */
export function enclosingFn(node: ts.Node): Fn | null {
  for (let each: ts.Node | undefined = node.parent; each; each = each.parent) if (isFn(each)) return each;
  return null;
}

/** The class around a node. */
export function enclosingClass(node: ts.Node): ts.ClassLikeDeclaration | null {
  for (let each: ts.Node | undefined = node; each; each = each.parent) if (ts.isClassLike(each)) return each;
  return null;
}

/** Every rule walks over every file: its nodes are listed once. */
const listed = new WeakMap<ts.SourceFile, readonly ts.Node[]>();

/** The node and all below it in order, nested functions too. */
export function walk(node: ts.Node): readonly ts.Node[] {
  if (!ts.isSourceFile(node)) return listNodes(node);
  const nodes = listed.get(node) ?? listNodes(node);
  listed.set(node, nodes);
  return nodes;
}

function listNodes(node: ts.Node): ts.Node[] {
  const nodes: ts.Node[] = [];
  const visit = (each: ts.Node) => {
    nodes.push(each);
    ts.forEachChild(each, visit);
  };
  visit(node);
  return nodes;
}

/** Whether a tree has more levels than that. */
export function isDeeper(node: ts.Node, levels: number): boolean {
  return levels === 0 || ts.forEachChild(node, child => isDeeper(child, levels - 1)) === true;
}

/** The same without what is inside of nested functions. */
export function* walkOwn(node: ts.Node): Generator<ts.Node> {
  yield node;
  const children: ts.Node[] = [];
  ts.forEachChild(node, child => {
    children.push(child);
  });
  for (const child of children) {
    if (isFn(child)) yield child;
    else yield* walkOwn(child);
  }
}

/** Without what changes no value: brackets, `as`, `!`, `satisfies`, `await`. */
export function strip(node: ts.Expression): ts.Expression {
  if (
    ts.isParenthesizedExpression(node) ||
    ts.isAsExpression(node) ||
    ts.isNonNullExpression(node) ||
    ts.isSatisfiesExpression(node) ||
    ts.isTypeAssertionExpression(node) ||
    ts.isAwaitExpression(node)
  )
    return strip(node.expression);
  return node;
}

/** The outermost expression that is the same value: the inverse of `strip`. */
export function widen(node: ts.Node): ts.Node {
  const { parent } = node;
  return parent && ts.isExpression(parent) && !ts.isCallExpression(parent) && strip(parent) !== parent
    ? widen(parent)
    : node;
}

/** What a property, method or import is called: `a`, `'a'`, `['a']`, `#a`; null for computed ones. */
export function nameText(name: ts.Node | undefined): string | null {
  if (!name) return null;
  if (ts.isIdentifier(name) || ts.isPrivateIdentifier(name)) return name.text;
  if (ts.isStringLiteralLike(name) || ts.isNumericLiteral(name)) return name.text;
  return ts.isComputedPropertyName(name) ? nameText(name.expression) : null;
}

/** The `b` of `a.b`, `a?.b` and `a['b']`, the `0` of `a[0]`; null where it is computed. */
export function accessedName(node: ts.Node): string | null {
  if (ts.isPropertyAccessExpression(node)) return node.name.text;
  if (!ts.isElementAccessExpression(node)) return null;
  const { argumentExpression: key } = node;
  return ts.isStringLiteralLike(key) || ts.isNumericLiteral(key) ? key.text : null;
}

export type Access = ts.PropertyAccessExpression | ts.ElementAccessExpression;

export function isAccess(node: ts.Node): node is Access {
  return ts.isPropertyAccessExpression(node) || ts.isElementAccessExpression(node);
}

/** What is called, by its last name: `useState` for `React.useState(…)`. */
export function calleeName(call: ts.CallExpression | ts.NewExpression): string | null {
  const callee = strip(call.expression);
  return ts.isIdentifier(callee) ? callee.text : accessedName(callee);
}

/** A function that many call is asked as often. */
const returned = new WeakMap<Fn, readonly ts.Expression[]>();

/** The expressions that a function gives back; of an arrow without braces the one it is. */
export function returnsOf(fn: Fn): readonly ts.Expression[] {
  const found = returned.get(fn) ?? findReturns(fn);
  returned.set(fn, found);
  return found;
}

function findReturns(fn: Fn): ts.Expression[] {
  if (!fn.body) return [];
  if (!ts.isBlock(fn.body)) return [fn.body];
  return [...walkOwn(fn.body)].flatMap(node =>
    ts.isReturnStatement(node) && node.expression ? [node.expression] : [],
  );
}
