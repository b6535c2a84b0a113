import type { DartNode } from './syntax.ts';
import { findAll } from './tree.ts';

/** What has to hold, or has to not hold, for the code at a node to run. */
export interface Guard {
  readonly condition: DartNode;
  readonly holds: boolean;
}

/**
 * The conditions on the way to a node, within the function or closure that it stands in: of each `if`, `?:` and `&&` around it, and of
 * each `if (…) return;` before it.
 */
export function guardsOf(node: DartNode): Guard[] {
  const guards: Guard[] = [];
  let inner = node;
  for (let at = node.parent; at && at.kind !== 'closure' && at.kind !== 'function'; at = at.parent) {
    guards.push(...guardsBy(at, inner));
    inner = at;
  }
  return guards;
}

function guardsBy(around: DartNode, inner: DartNode): Guard[] {
  const { kind, children, fields } = around;
  if (kind === 'if_statement') return guardsByIf(around, inner);
  if (kind === 'conditional_expression') {
    const [condition, first] = children;
    return condition && inner !== condition ? [{ condition, holds: inner === first }] : [];
  }
  if (kind === 'logical_and_expression')
    return children.slice(0, children.indexOf(inner)).map(condition => ({ condition, holds: true }));
  if (kind !== 'block') return [];
  const before = fields.body === inner ? [] : children.slice(0, children.indexOf(inner));
  return before
    .filter(leaves)
    .flatMap(conditionsOf)
    .map(condition => ({ condition, holds: false }));
}

function guardsByIf(around: DartNode, inner: DartNode): Guard[] {
  const { consequence, alternative } = around.fields;
  if (inner !== consequence && inner !== alternative) return [];
  return conditionsOf(around).map(condition => ({ condition, holds: inner === consequence }));
}

/** The grammar gives conditions no name: they are what comes before the consequence. */
function conditionsOf({ children, fields }: DartNode): DartNode[] {
  const end = fields.consequence ? children.indexOf(fields.consequence) : children.length;
  return children.slice(0, end);
}

/** An `if` behind which one comes only when its condition does not hold. */
function leaves({ kind, fields }: DartNode): boolean {
  const { consequence, alternative } = fields;
  if (kind !== 'if_statement' || !consequence || alternative) return false;
  const last = consequence.kind === 'block' ? consequence.children.at(-1) : consequence;
  const word = last?.kind === 'expression_statement' ? last.children[0]?.kind : last?.kind;
  return word !== undefined && /^(return|break|continue)_statement$|^(throw|rethrow)_expression/.test(word);
}

/** Whether some condition on the way names something: `mounted`, `canPop`. */
export function isGuardedBy(guards: readonly Guard[], name: RegExp): boolean {
  return guards.some(
    ({ condition }) => findAll(condition, node => node.name !== undefined && name.test(node.name)).length > 0,
  );
}
