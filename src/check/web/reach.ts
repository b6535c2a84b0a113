import { ts } from '@ts-morph/common';
import type { Call, CallGraph } from './call-graph.ts';
import { calleeName, enclosingFn, type Fn, isAccess, isFn, widen } from './nodes.ts';

export interface Reach {
  /**
   * Whether running `fn` can come to a call for which `test` holds: in its body, in what it calls, and in what it gives
   * to others to call. What it gives back runs later, if at all.
   */
  reaches(fn: ts.Node, test: (call: Call) => boolean): boolean;
  /** Every call that running `fn` can come to, each once, the nearest first. */
  callsFrom(fn: ts.Node): readonly Call[];
  /** The functions around a node and, above these, all that call them: nearest first. */
  callersOf(node: ts.Node): readonly Fn[];
}

export function createReach(graph: CallGraph): Reach {
  const known = new Map<ts.Node, readonly Call[]>();
  const callsFrom = (fn: ts.Node) => {
    let calls = known.get(fn);
    if (!calls) {
      calls = collect(fn, graph);
      known.set(fn, calls);
    }
    return calls;
  };
  return {
    callsFrom,
    reaches: (fn, test) => callsFrom(fn).some(test),
    callersOf(node) {
      const fns = new Set<Fn>();
      const own = enclosingFn(node);
      if (own) fns.add(own);
      for (const fn of fns) {
        const outer = enclosingFn(fn);
        if (outer) fns.add(outer);
        for (const site of graph.sites(fn)) {
          const from = enclosingFn(site.kind === 'jsx' ? site.element : site.call);
          if (from) fns.add(from);
        }
      }
      return [...fns];
    },
  };
}

function collect(start: ts.Node, graph: CallGraph): Call[] {
  const calls = new Set<Call>();
  const bodies = new Set<ts.Node>([start]);
  for (const body of bodies)
    for (const each of walkRun(body)) {
      if (ts.isCallExpression(each) || ts.isNewExpression(each)) {
        calls.add(each);
        for (const fn of graph.callees(each)) bodies.add(fn);
      } else if (ts.isIdentifier(each) && isGivenOn(each))
        for (const fn of graph.functions(each)) bodies.add(fn);
    }
  return [...calls];
}

/** What runs, or is given to somebody who may run it: functions that are only named or given back are left out. */
function* walkRun(node: ts.Node): Generator<ts.Node> {
  yield node;
  const children: ts.Node[] = [];
  ts.forEachChild(node, child => {
    children.push(child);
  });
  for (const child of children)
    if (!isFn(child) || isGivenOn(child) || isCalled(child)) yield* walkRun(child);
}

/** An argument, a member of an object, a property of an element, or assigned to something's property. */
function isGivenOn(given: ts.Node): boolean {
  const node = widen(given);
  const { parent } = node;
  if (ts.isCallExpression(parent) || ts.isNewExpression(parent))
    return parent.expression !== node && !isTakenOff(parent);
  if (ts.isBinaryExpression(parent)) return parent.right === node && isAccess(parent.left);
  return (
    (ts.isPropertyAssignment(parent) && parent.initializer === node) ||
    ts.isShorthandPropertyAssignment(parent) ||
    ts.isJsxExpression(parent) ||
    ts.isArrayLiteralExpression(parent) ||
    (ts.isObjectLiteralExpression(parent) && isFn(node))
  );
}

/** `off('close', leave)`: what is given here runs no more. */
function isTakenOff(call: Call): boolean {
  return TAKE_OFF.has(calleeName(call) ?? '') && (call.arguments?.length ?? 0) > 1;
}

const TAKE_OFF = new Set(['removeEventListener', 'removeListener', 'off']);

/** `(async () => { … })()`. */
function isCalled(fn: ts.Node): boolean {
  const node = widen(fn);
  return ts.isCallExpression(node.parent) && node.parent.expression === node;
}
