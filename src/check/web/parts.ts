import { ts } from '@ts-morph/common';
import { calleeName, strip } from './nodes.ts';

/** Functions and methods whose result shows what they were given. */
const FORMATTERS = new Set([
  ...[
    'stringify',
    'String',
    'encodeURIComponent',
    'encodeURI',
    'btoa',
    'inspect',
    'format',
    'URLSearchParams',
    'URL',
  ],
  ...['toString', 'trim', 'toLowerCase', 'toUpperCase', 'concat', 'join'],
  ...['padStart', 'padEnd', 'assign', 'structuredClone', 'entries', 'values', 'fromEntries', 'Blob', 'Error'],
]);

/** What a value is put together from; nothing where it does not show. */
export function partsOf(node: ts.Node): ts.Expression[] {
  if (ts.isTemplateExpression(node)) return node.templateSpans.map(({ expression }) => expression);
  if (ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.PlusToken)
    return [node.left, node.right];
  if (ts.isObjectLiteralExpression(node)) return node.properties.flatMap(memberValue);
  if (ts.isArrayLiteralExpression(node)) return node.elements.map(bare);
  if ((ts.isCallExpression(node) || ts.isNewExpression(node)) && FORMATTERS.has(calleeName(node) ?? ''))
    return [...receiverOf(node), ...(node.arguments ?? []).map(bare)];
  return [];
}

function memberValue(member: ts.ObjectLiteralElementLike): ts.Expression[] {
  if (ts.isPropertyAssignment(member)) return [member.initializer];
  if (ts.isShorthandPropertyAssignment(member)) return [member.name];
  return ts.isSpreadAssignment(member) ? [member.expression] : [];
}

function bare(node: ts.Expression): ts.Expression {
  return ts.isSpreadElement(node) ? node.expression : node;
}

function receiverOf(node: ts.CallExpression | ts.NewExpression): ts.Expression[] {
  const callee = strip(node.expression);
  return ts.isPropertyAccessExpression(callee) ? [callee.expression] : [];
}
