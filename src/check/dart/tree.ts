import type { DartArgument, DartNode } from './syntax.ts';

export type DartCall = DartNode & {
  readonly kind: 'call';
  readonly target: DartNode;
  readonly args: readonly DartArgument[];
};

/** Everything below a node, itself included, in the order of the text. */
export function findAll(node: DartNode, test: (node: DartNode) => boolean): DartNode[] {
  const found: DartNode[] = [];
  const visit = (at: DartNode): void => {
    if (test(at)) found.push(at);
    at.children.forEach(visit);
  };
  visit(node);
  return found;
}

export function isCall(node: DartNode): node is DartCall {
  return node.kind === 'call';
}

export function callsIn(node: DartNode): DartCall[] {
  return findAll(node, isCall) as DartCall[];
}

/** A chain's names: `Navigator.of(context).pop()` is `['Navigator', 'of()', 'pop()']`; null where it begins with no name. */
export function nameChain(node: DartNode): string[] | null {
  const { kind, name, target } = node;
  if (kind === 'parenthesized_expression' && node.children[0]) return nameChain(node.children[0]);
  if (kind === 'member' && target) return append(nameChain(target), name ?? '');
  if ((kind === 'cascade' || kind === 'stand') && target) return nameChain(target);
  if (kind === 'call' && target) {
    const chain = nameChain(target);
    return chain && [...chain.slice(0, -1), `${chain.at(-1)}()`];
  }
  return name === undefined || target ? null : [name];
}

function append(chain: string[] | null, name: string): string[] | null {
  return chain && [...chain, name];
}

/** Whether a call is of a class's own function, like `CometChatCalls.joinSession(…)`, with or without an import prefix. */
export function callsStatic(call: DartCall, owner: string, member: string): boolean {
  const chain = nameChain(call);
  return chain?.at(-1) === `${member}()` && chain.at(-2) === owner;
}

/** The last name of what is called: `pop` of `Navigator.of(context).pop()`. */
export function calledName({ target }: DartCall): string | undefined {
  return target.name;
}

export function argument(call: DartCall, label: string): DartNode | undefined {
  return call.args.find(arg => arg.label === label)?.value;
}

/** The nodes around one, the nearest first. */
export function ancestors(node: DartNode): DartNode[] {
  const found: DartNode[] = [];
  for (let at = node.parent; at; at = at.parent) found.push(at);
  return found;
}

/** What is written at a node. */
export function textOf(node: DartNode, text: string): string {
  return text.slice(node.start, node.end);
}
