import { ts } from '@ts-morph/common';
import { walk } from './nodes.ts';
import type { Origin } from './origins.ts';

export interface BuildVariable {
  readonly name: string;
}

/** Which variables bundlers write into what browsers get. */
const PUBLIC =
  /^(?:VITE_|NEXT_PUBLIC_|REACT_APP_|VUE_APP_|GATSBY_|EXPO_PUBLIC_|NUXT_PUBLIC_|PUBLIC_|NG_APP_)/;

/** The environment variable that a build puts in place of a value, readable for everybody then. */
export function buildVariableOf({ node, path }: Origin): BuildVariable | null {
  if (ts.isImportSpecifier(node)) return importedVariable(node, path);
  const [env, name] = path;
  if (env !== 'env' || name === undefined) return null;
  const isMeta = ts.isMetaProperty(node);
  const isProcess = ts.isIdentifier(node) && node.text === 'process';
  return isMeta || (isProcess && PUBLIC.test(name)) ? { name } : null;
}

/** SvelteKit's `$env/static/public` and `$env/dynamic/public`. */
function importedVariable(node: ts.ImportSpecifier, path: readonly string[]): BuildVariable | null {
  const { moduleSpecifier: from } = node.parent.parent.parent;
  if (!ts.isStringLiteral(from)) return null;
  if (from.text === '$env/static/public') return { name: (node.propertyName ?? node.name).text };
  const [name] = path;
  return from.text === '$env/dynamic/public' && name !== undefined ? { name } : null;
}

const DEVELOPMENT = new Set(['DEV', '__DEV__', 'NODE_ENV', 'isDevMode']);

/** Whether a condition on development stands around a node: builds leave such code out of what they ship. */
export function isDevelopmentOnly(node: ts.Node): boolean {
  for (let each = node; each.parent && !ts.isSourceFile(each.parent); each = each.parent) {
    const test = testAround(each);
    if (test && walk(test).some(part => ts.isIdentifier(part) && DEVELOPMENT.has(part.text))) return true;
  }
  return false;
}

/** The condition on which an expression or a statement depends by what stands right above it. */
function testAround(node: ts.Node): ts.Expression | null {
  const { parent } = node;
  if (ts.isIfStatement(parent)) return parent.expression === node ? null : parent.expression;
  if (ts.isConditionalExpression(parent)) return parent.condition === node ? null : parent.condition;
  const isAnd =
    ts.isBinaryExpression(parent) &&
    parent.operatorToken.kind === ts.SyntaxKind.AmpersandAmpersandToken &&
    parent.right === node;
  return isAnd ? parent.left : null;
}
