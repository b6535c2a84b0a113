import { ts } from '@ts-morph/common';
import { accessedName, strip } from '../web/nodes.ts';
import type { Condition } from './element.ts';
import { templateExpression } from './template-code.ts';

/** What a variable can be set to, as far as code says it. */
export type Value = boolean | string | null;

/** Whether a condition holds with a variable at a value; null where that depends on more. */
export function holdsWith({ code, node, negated }: Condition, name: string, value: Value): boolean | null {
  const expression = node ?? templateExpression(code);
  const held = expression ? truthOf(expression, name, value) : null;
  return held === null ? null : held !== negated;
}

/** A literal's value; undefined for all else. */
export function literalValue(expression: ts.Expression | undefined): Value | undefined {
  const inner = expression && strip(expression);
  if (!inner) return undefined;
  if (inner.kind === ts.SyntaxKind.TrueKeyword) return true;
  if (inner.kind === ts.SyntaxKind.FalseKeyword) return false;
  if (inner.kind === ts.SyntaxKind.NullKeyword) return null;
  return ts.isStringLiteralLike(inner) ? inner.text : undefined;
}

/** What a variable is called: `joined` of `joined`, `joined.value`, `joined()`, `this.joined`, `this.state.joined`, `$joined`. */
export function variableName(given: ts.Expression): string | null {
  const inner = strip(given);
  if (ts.isIdentifier(inner)) return inner.text.replace(/^\$(?=\w)/, '');
  if (ts.isCallExpression(inner)) return inner.arguments.length === 0 ? variableName(inner.expression) : null;
  const name = accessedName(inner);
  return name === 'value' && ts.isPropertyAccessExpression(inner) ? variableName(inner.expression) : name;
}

function truthOf(given: ts.Expression, name: string, value: Value): boolean | null {
  const inner = strip(given);
  if (ts.isPrefixUnaryExpression(inner) && inner.operator === ts.SyntaxKind.ExclamationToken) {
    const held = truthOf(inner.operand, name, value);
    return held === null ? null : !held;
  }
  if (ts.isBinaryExpression(inner)) return truthOfBinary(inner, name, value);
  const literal = literalValue(inner);
  if (literal !== undefined) return Boolean(literal);
  return variableName(inner) === name ? Boolean(value) : null;
}

function truthOfBinary(
  { left, right, operatorToken: { kind } }: ts.BinaryExpression,
  name: string,
  value: Value,
): boolean | null {
  if (kind === ts.SyntaxKind.AmpersandAmpersandToken || kind === ts.SyntaxKind.BarBarToken) {
    const decides = kind === ts.SyntaxKind.BarBarToken;
    const sides = [truthOf(left, name, value), truthOf(right, name, value)];
    if (sides.includes(decides)) return decides;
    return sides.includes(null) ? null : !decides;
  }
  const literal = literalValue(right);
  if (literal === undefined || variableName(left) !== name) return null;
  if (EQUAL.has(kind)) return value === literal;
  return UNEQUAL.has(kind) ? value !== literal : null;
}

const EQUAL = new Set([ts.SyntaxKind.EqualsEqualsToken, ts.SyntaxKind.EqualsEqualsEqualsToken]);
const UNEQUAL = new Set([ts.SyntaxKind.ExclamationEqualsToken, ts.SyntaxKind.ExclamationEqualsEqualsToken]);
