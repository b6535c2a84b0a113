import { ts } from '@ts-morph/common';
import type { Origin } from './origins.ts';
import type { Web } from './web.ts';

/** By where they come from: which members of it are a token; '' is the value itself. */
export type Tokens = ReadonlyMap<ts.Node, readonly string[]>;

/** By the SDK's member: in which member of what it gives back a token is, or as which argument it takes one. */
export interface TokenMembers {
  readonly givers: Readonly<Record<string, string>>;
  readonly takers: Readonly<Record<string, number>>;
}

/** Whatever a taker is given is a token already where it comes from. */
export function findTokens(web: Web, { givers, takers }: TokenMembers): Tokens {
  const tokens = new Map<ts.Node, string[]>();
  const add = (node: ts.Node, member: string) => tokens.set(node, [...(tokens.get(node) ?? []), member]);
  for (const [name, member] of Object.entries(givers))
    for (const { node } of web.calls(name)) add(node, member);
  for (const [name, index] of Object.entries(takers))
    for (const { node: call } of web.calls(name)) {
      const given = call.arguments?.[index];
      for (const { node, path } of given ? web.origins(given) : [])
        if (!isNothing(node)) add(node, path.join('.'));
    }
  return tokens;
}

/** The token, or an object that holds it. */
export function isToken({ node, path }: Origin, tokens: Tokens): boolean {
  const shown = path.join('.');
  return (
    tokens.get(node)?.some(member => member === shown || shown === '' || member.startsWith(`${shown}.`)) ??
    false
  );
}

/** What stands for no token yet, or is written out. */
function isNothing(node: ts.Node): boolean {
  return (
    ts.isLiteralExpression(node) ||
    node.kind === ts.SyntaxKind.NullKeyword ||
    (ts.isIdentifier(node) && node.text === 'undefined')
  );
}
