import { ts } from '@ts-morph/common';

/** A template's code as an expression; null where it is none. Its nodes have no symbols: names are all that they know. */
export function templateExpression(code: string): ts.Expression | null {
  const source = ts.createSourceFile(
    '/template.ts',
    `(${code})`,
    ts.ScriptTarget.ESNext,
    true,
    ts.ScriptKind.TS,
  );
  const [statement] = source.statements;
  if (!statement || !ts.isExpressionStatement(statement)) return null;
  return ts.isParenthesizedExpression(statement.expression)
    ? statement.expression.expression
    : statement.expression;
}

/** The names that a template's code reads: `joined` of `joined.value && !failed`. */
export function namesIn(code: string): string[] {
  const found: string[] = [];
  const visit = (node: ts.Node) => {
    const isMember = node.parent && ts.isPropertyAccessExpression(node.parent) && node.parent.name === node;
    if (ts.isIdentifier(node) && !isMember) found.push(node.text);
    ts.forEachChild(node, visit);
  };
  const expression = templateExpression(code);
  if (expression) visit(expression);
  return found;
}
