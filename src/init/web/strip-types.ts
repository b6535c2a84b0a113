import { ts } from '@ts-morph/common';

/** A part of a text: from the first offset to the one before the second. */
type Span = readonly [start: number, end: number];

/**
 * TypeScript as the JavaScript that one would have written: types are cut out, and all else, comments and line breaks too, stays.
 * Knows what the templates use, which has to be erasable.
 */
export function stripTypes(text: string): string {
  const source = ts.createSourceFile('a.tsx', text, ts.ScriptTarget.Latest, true, ts.ScriptKind.TSX);
  const spans: Span[] = [];
  const visit = (node: ts.Node): void => {
    const whole = spanOfWhole(node, text);
    if (whole) spans.push(whole);
    else {
      spans.push(...spansInside(node));
      // Nothing is left of a type that could be looked into.
      ts.forEachChild(node, child => (ts.isTypeNode(child) ? undefined : visit(child)));
    }
  };
  visit(source);
  return cut(text, spans);
}

function spanOfWhole(node: ts.Node, text: string): Span | null {
  const isType =
    ts.isInterfaceDeclaration(node) ||
    ts.isTypeAliasDeclaration(node) ||
    (ts.isImportDeclaration(node) && node.importClause?.isTypeOnly);
  // Its comments go too, and the empty line before it, but never the comments at the top of the file.
  if (isType) return [node.getFullStart() === 0 ? node.getStart() : node.getFullStart(), node.end];
  if (ts.isImportSpecifier(node) && node.isTypeOnly) return spanOfListed(node, text);
  return node.kind === ts.SyntaxKind.ReadonlyKeyword ? [node.getStart(), node.end + 1] : null;
}

/** With the comma before it, or, of the first one, with that after it. */
function spanOfListed(node: ts.ImportSpecifier, text: string): Span {
  const before = text.lastIndexOf(',', node.getStart());
  return before > text.lastIndexOf('{', node.getStart())
    ? [before, node.end]
    : [node.getStart(), text.indexOf(',', node.end) + 2];
}

function spansInside(node: ts.Node): Span[] {
  const spans: Span[] = [];
  if (ts.isAsExpression(node)) spans.push([node.expression.end, node.end], ...spansAround(node));
  else {
    const { type, questionToken, typeArguments } = node as Partial<Annotated>;
    // What follows the colon begins right after it.
    if (type) spans.push([questionToken?.pos ?? type.pos - 1, type.end]);
    if (typeArguments) spans.push([typeArguments.pos - 1, typeArguments.end + 1]);
  }
  return spans;
}

/** The parentheses that `(body as Body)` needs, and `body` does not. */
function spansAround({ parent, expression }: ts.AsExpression): Span[] {
  if (!ts.isParenthesizedExpression(parent) || !ts.isIdentifier(expression)) return [];
  return [
    [parent.getStart(), parent.getStart() + 1],
    [parent.end - 1, parent.end],
  ];
}

interface Annotated {
  readonly type: ts.TypeNode;
  readonly questionToken: ts.QuestionToken;
  readonly typeArguments: ts.NodeArray<ts.TypeNode>;
}

function cut(text: string, spans: readonly Span[]): string {
  const lastFirst = [...spans].sort(([a], [b]) => b - a);
  const rest = lastFirst.reduce((left, [start, end]) => left.slice(0, start) + left.slice(end), text);
  return rest.replace(/^\n+/, '').replace(/\n{3,}/g, '\n\n');
}
