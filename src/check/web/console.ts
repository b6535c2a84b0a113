import { ts } from '@ts-morph/common';
import type { Call } from './call-graph.ts';
import { accessedName, isAccess } from './nodes.ts';
import type { Web } from './web.ts';

const WRITES = new Set(['log', 'info', 'warn', 'error', 'debug', 'trace', 'dir', 'table', 'group', 'assert']);

/** `console.log(…)` and its like, also as `window.console` or under another name. */
export function isConsole({ origins }: Pick<Web, 'origins'>, { expression: callee }: Call): boolean {
  // Asked of every call there is, so what cannot be one is told by its looks.
  const looks = ts.isIdentifier(callee) || (isAccess(callee) && WRITES.has(accessedName(callee) ?? ''));
  if (!looks) return false;
  return origins(callee).some(({ node, path }) => {
    const [name, ...rest] =
      ts.isVariableDeclaration(node) && ts.isIdentifier(node.name) ? [node.name.text, ...path] : path;
    const member =
      name === 'window' || name === 'globalThis' ? rest[1] : name === 'console' ? rest[0] : undefined;
    return member !== undefined && WRITES.has(member) && node.getSourceFile().isDeclarationFile;
  });
}
