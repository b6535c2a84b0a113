import { ts } from '@ts-morph/common';
import { accessedName, calleeName, enclosingFn, isAccess, strip, walk } from './nodes.ts';
import { createOrder } from './order.ts';
import { isToken, type Tokens } from './tokens.ts';
import type { Web } from './web.ts';

/** Where a token is put into what outlives the join, and a later join takes it from there again. */
export function keptTokens(web: Web, tokens: Tokens): readonly ts.Node[] {
  const holds = (value: ts.Expression) => web.origins(value).some(each => isToken(each, tokens));
  return [...web.sources.values()].flatMap(source =>
    web.isServer(source)
      ? []
      : walk(source).filter(node =>
          ts.isBinaryExpression(node) && ASSIGNMENTS.has(node.operatorToken.kind)
            ? outlives(web, node) && isReused(web, node) && holds(node.right)
            : ts.isCallExpression(node) && isMapEntry(web, node, holds),
        ),
  );
}

const OR_ELSE: ReadonlySet<ts.SyntaxKind> = new Set([
  ts.SyntaxKind.QuestionQuestionEqualsToken,
  ts.SyntaxKind.BarBarEqualsToken,
]);
const ASSIGNMENTS: ReadonlySet<ts.SyntaxKind> = new Set([ts.SyntaxKind.EqualsToken, ...OR_ELSE]);

/** A variable of another function or of the module, a ref, a field. */
function outlives({ symbols }: Web, { left }: ts.BinaryExpression): boolean {
  const target = strip(left);
  if (ts.isIdentifier(target)) {
    const declaration = symbols.symbolOf(target)?.valueDeclaration;
    return declaration !== undefined && enclosingFn(declaration) !== enclosingFn(target);
  }
  const name = accessedName(target);
  return isAccess(target) && (name === 'current' || name === 'value' || isField(target));
}

function isField({ expression }: ts.PropertyAccessExpression | ts.ElementAccessExpression): boolean {
  return strip(expression).kind === ts.SyntaxKind.ThisKeyword;
}

function isReused(web: Web, assignment: ts.BinaryExpression): boolean {
  const reads = readsOf(web, assignment.left).filter(each => each.parent !== assignment);
  if (OR_ELSE.has(assignment.operatorToken.kind)) return true;
  return (
    isGuarded(assignment, reads) || (outlivesPage(web, assignment) && isJoinedLater(web, assignment, reads))
  );
}

function readsOf({ symbols }: Web, target: ts.Expression): readonly ts.Expression[] {
  const place = strip(target);
  const symbol = ts.isIdentifier(place) ? symbols.symbolOf(place) : null;
  return symbol ? symbols.references(symbol) : symbols.readsOf(place);
}

/** `if (!token) token = …`, and it is read again behind it. */
function isGuarded(assignment: ts.Node, reads: readonly ts.Node[]): boolean {
  const own = enclosingFn(assignment);
  for (let node = assignment.parent; node && node !== own; node = node.parent) {
    if (!ts.isIfStatement(node)) continue;
    const [guard, test] = [node, node.expression];
    if (reads.some(each => isWithin(each, test)) && reads.some(each => !isWithin(each, guard))) return true;
  }
  return false;
}

function isWithin(node: ts.Node, outer: ts.Node): boolean {
  return node.getSourceFile() === outer.getSourceFile() && node.pos >= outer.pos && node.end <= outer.end;
}

/** A module's variable or React's ref; a component's own state is made anew with it. */
function outlivesPage({ symbols, program }: Web, { left }: ts.BinaryExpression): boolean {
  const target = strip(left);
  if (!ts.isIdentifier(target)) return accessedName(target) === 'current';
  const declaration = symbols.symbolOf(target)?.valueDeclaration;
  const inComponent = /\.(?:vue|svelte)$/.test(program.pathOf(target) ?? '');
  return declaration !== undefined && enclosingFn(declaration) === null && !inComponent;
}

/** A join takes it from there that no run comes to by way of the assignment. */
function isJoinedLater(web: Web, assignment: ts.Node, reads: readonly ts.Node[]): boolean {
  const order = createOrder(web.graph);
  const joins = [...web.calls('joinSession'), ...web.calls('startSession')];
  return joins.some(({ node }) => {
    const [token] = node.arguments ?? [];
    const takes = token !== undefined && reads.some(each => isWithin(each, token));
    return takes && !order.precedes(assignment, node);
  });
}

/** `tokens.set(id, token)`, where `tokens.get` is called too. */
function isMapEntry(web: Web, call: ts.CallExpression, holds: (value: ts.Expression) => boolean): boolean {
  const callee = strip(call.expression);
  const value = call.arguments[1];
  if (calleeName(call) !== 'set' || !isAccess(callee) || !value) return false;
  const isMap = web.origins(callee.expression).some(({ node, path }) => path.length === 0 && isNewMap(node));
  const isRead = readsOf(web, callee.expression).some(each => accessedName(each.parent) === 'get');
  return isMap && isRead && holds(value);
}

function isNewMap(node: ts.Node): boolean {
  return ts.isNewExpression(node) && ['Map', 'WeakMap'].includes(calleeName(node) ?? '');
}
