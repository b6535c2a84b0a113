import { ts } from '@ts-morph/common';
import { calleeName } from './nodes.ts';

/** An address that is put together: `https://host/meet/${id}`, `base + '/meet/' + id`, `new URL('/meet/' + id, base)`. */
export interface Link {
  /** What it begins with: a literal, a template's beginning or an expression. */
  readonly host: ts.Expression | ts.TemplateHead;
  /** The text before each expression in it, from the beginning or the expression before. */
  readonly before: readonly string[];
}

type Part = string | ts.Expression;

/** Null for what is no such address, or is a part of a larger one. */
export function linkOf(node: ts.Node): Link | null {
  if (ts.isNewExpression(node) && calleeName(node) === 'URL') {
    const [path, base] = node.arguments ?? [];
    return path && base ? { host: base, before: textsBefore(['', ...partsOf(path)]) } : null;
  }
  if (!ts.isTemplateExpression(node) && !isSum(node)) return null;
  if (node.parent && isSum(node.parent)) return null;
  const parts = partsOf(node);
  const [first] = parts;
  if (ts.isTemplateExpression(node) && node.head.text !== '')
    return { host: node.head, before: textsBefore(parts) };
  const host = typeof first === 'string' ? firstOperand(node) : first;
  return host ? { host, before: textsBefore(parts.slice(typeof first === 'string' ? 0 : 1)) } : null;
}

function isSum(node: ts.Node): node is ts.BinaryExpression {
  return ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.PlusToken;
}

function firstOperand(node: ts.Expression): ts.Expression {
  return isSum(node) ? firstOperand(node.left) : node;
}

function partsOf(node: ts.Expression): Part[] {
  if (isSum(node)) return [...partsOf(node.left), ...partsOf(node.right)];
  if (ts.isStringLiteralLike(node)) return [node.text];
  if (!ts.isTemplateExpression(node)) return [node];
  const spans = node.templateSpans.flatMap(({ expression, literal }): Part[] => [expression, literal.text]);
  return node.head.text === '' ? spans : [node.head.text, ...spans];
}

function textsBefore(parts: readonly Part[]): string[] {
  const found: string[] = [];
  let text = '';
  for (const part of parts) {
    if (typeof part === 'string') text += part;
    else {
      found.push(text);
      text = '';
    }
  }
  return found;
}
