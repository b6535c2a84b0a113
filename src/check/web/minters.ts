import { ts } from '@ts-morph/common';
import type { Call } from './call-graph.ts';
import { calleeName, isAccess, strip, walk } from './nodes.ts';
import type { Web } from './web.ts';

/** Packages that do nothing but make up ids. */
const PACKAGES = new Set([
  ...['uuid', 'nanoid', 'nanoid/non-secure', 'cuid', '@paralleldrive/cuid2', 'ulid', 'ulidx', 'shortid'],
  ...['short-uuid', 'hyperid', 'uid', 'uniqid', 'crypto-random-string'],
]);

/** By the last two names. */
const METHODS = new Set([
  ...['Math.random', 'Date.now', 'performance.now', 'crypto.randomUUID', 'crypto.getRandomValues'],
  ...['uuid.v1', 'uuid.v4', 'uuid.v7'],
]);

const GLOBALS = new Set(['uuidv4', 'nanoid']);

/** Methods that give back another form of what they are called on, and functions of what they are given. */
const FORMS = new Set([
  ...[
    'toString',
    'slice',
    'substring',
    'substr',
    'replace',
    'replaceAll',
    'split',
    'at',
    'toFixed',
    'getTime',
  ],
  ...['valueOf', 'toISOString', 'floor', 'round', 'ceil', 'trunc', 'abs', 'Number', 'parseInt', 'String'],
  ...['join', 'map', 'from', 'padStart', 'padEnd', 'toUpperCase', 'toLowerCase', 'random'],
]);

/** The calls by which chance or the time of day get into a value. */
export function mintersOf(web: Web, expression: ts.Expression): readonly Call[] {
  const found = new Set<Call>();
  const seen = new Set<ts.Node>();
  const look = (each: ts.Expression) => {
    if (seen.has(each)) return;
    seen.add(each);
    for (const { node } of web.originsWithin(each)) {
      if (isCall(node) && mints(web, node)) found.add(node);
      else if (isCall(node) && LOOPS.has(calleeName(node) ?? ''))
        for (const inner of walk(node)) if (isCall(inner) && mints(web, inner)) found.add(inner);
      for (const part of formsOf(node)) look(part);
    }
  };
  look(expression);
  return [...found];
}

/** What they are given makes one character each. */
const LOOPS = new Set(['join', 'map', 'from', 'replace']);

function isCall(node: ts.Node): node is Call {
  return ts.isCallExpression(node) || ts.isNewExpression(node);
}

function mints(web: Web, call: Call): boolean {
  const callee = strip(call.expression);
  if (ts.isNewExpression(call))
    return ts.isIdentifier(callee) && callee.text === 'Date' && !call.arguments?.length;
  const name = calleeName(call) ?? '';
  const root = ts.isIdentifier(callee) ? callee : isAccess(callee) ? strip(callee.expression) : null;
  if (root && ts.isIdentifier(root) && PACKAGES.has(packageOf(web, root) ?? '')) return true;
  if (ts.isIdentifier(callee)) return GLOBALS.has(name);
  if (!root) return false;
  const owner = ts.isIdentifier(root) ? root.text : isAccess(root) ? root.getText().split('.').at(-1) : '';
  // `crypto` of Node is imported.
  return METHODS.has(`${owner}.${name}`) && !(ts.isIdentifier(root) && packageOf(web, root));
}

/** The package that a name is imported from. */
function packageOf({ symbols }: Web, name: ts.Identifier): string | null {
  for (let node: ts.Node | undefined = symbols.symbolOf(name)?.declarations?.[0]; node; node = node.parent)
    if (ts.isImportDeclaration(node) && ts.isStringLiteral(node.moduleSpecifier))
      return node.moduleSpecifier.text;
  return null;
}

function formsOf(node: ts.Node): ts.Expression[] {
  if (ts.isPrefixUnaryExpression(node)) return [node.operand];
  if (ts.isBinaryExpression(node)) return [node.left, node.right];
  if (!ts.isCallExpression(node) || !FORMS.has(calleeName(node) ?? '')) return [];
  const callee = strip(node.expression);
  return [...(isAccess(callee) ? [callee.expression] : []), ...node.arguments];
}
