import { ts } from '@ts-morph/common';
import type { Call, CallGraph } from './call-graph.ts';
import { enclosingFn, type Fn, walk } from './nodes.ts';

export interface Reach {
  /**
   * Whether running `fn` can come to a call for which `test` holds: in its body, in functions inside of it, and in all
   * project functions that these call.
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
  const calls: Call[] = [];
  const nodes = new Set<ts.Node>([start]);
  for (const node of nodes)
    for (const each of walk(node)) {
      if (!ts.isCallExpression(each) && !ts.isNewExpression(each)) continue;
      calls.push(each);
      for (const fn of graph.callees(each)) nodes.add(fn);
      // A function given on by name, like `onClick(leave)` or `.then(leave)`, will run too.
      for (const argument of each.arguments ?? [])
        if (ts.isIdentifier(argument)) for (const fn of graph.functions(argument)) nodes.add(fn);
    }
  return [...new Set(calls)];
}
