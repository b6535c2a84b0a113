import { ts } from '@ts-morph/common';
import { nameText } from './nodes.ts';

export interface BindingSource {
  /** What is taken apart. */
  readonly from: ts.Expression | ts.ParameterDeclaration;
  /** Which part of it the name gets. */
  readonly path: readonly string[];
}

/** What `name` in `const { a: [name] } = value` gets: `value`, and `['a', '0']`. */
export function bindingSource(node: ts.BindingElement): BindingSource | null {
  const owner = node.parent.parent;
  const step = stepOf(node);
  if (step === null) return null;
  if (ts.isBindingElement(owner)) {
    const outer = bindingSource(owner);
    return outer && { from: outer.from, path: [...outer.path, ...step] };
  }
  if (ts.isParameter(owner)) return { from: owner, path: step };
  const list = loopedOver(owner);
  if (list) return { from: list, path: ['*', ...step] };
  return owner.initializer ? { from: owner.initializer, path: step } : null;
}

/** `list` of `for (const each of list)`. */
export function loopedOver({ parent }: ts.VariableDeclaration): ts.Expression | null {
  const loop = parent.parent;
  return ts.isForOfStatement(loop) && loop.initializer === parent ? loop.expression : null;
}

/** `...rest` is, for us, the whole. */
function stepOf(node: ts.BindingElement): string[] | null {
  if (node.dotDotDotToken) return [];
  if (ts.isArrayBindingPattern(node.parent)) return [String(node.parent.elements.indexOf(node))];
  const name = nameText(node.propertyName ?? node.name);
  return name === null ? null : [name];
}
