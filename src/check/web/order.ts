import { ts } from '@ts-morph/common';
import type { CallGraph } from './call-graph.ts';
import { calleeName, enclosingFn, type Fn, isFn, widen } from './nodes.ts';

/** Which of two things comes first, where one run does both. */
export interface Order {
  /** Whether whatever comes to `late` has come past `early` in the same run. False where it cannot be seen. */
  isAfter(late: ts.Node, early: ts.Node): boolean;
  /** Whether some run comes past `early` on its way to `late`. */
  precedes(early: ts.Node, late: ts.Node): boolean;
}

/** A place in the body of a function, or in a file's own code. */
interface Place {
  readonly body: ts.Node;
  readonly at: number;
}

export function createOrder(graph: CallGraph): Order {
  return {
    isAfter(late, early) {
      const passed = firstPlaces(early, graph);
      return comesAfter(late, passed, graph, new Set());
    },
    precedes(early, late) {
      const passed = firstPlaces(late, graph);
      return [...firstPlaces(early, graph)].some(([body, at]) => at < (passed.get(body) ?? -1));
    },
  };
}

function comesAfter(
  node: ts.Node,
  passed: ReadonlyMap<ts.Node, number>,
  graph: CallGraph,
  seen: Set<ts.Node>,
): boolean {
  const { body, at } = placeOf(node);
  const first = passed.get(body);
  if (first !== undefined) return at > first;
  if (seen.has(body)) return false;
  seen.add(body);
  const callers = callsOf(body, graph);
  return callers.length > 0 && callers.every(call => comesAfter(call, passed, graph, seen));
}

/** For every body that comes to the node: where in it. */
function firstPlaces(node: ts.Node, graph: CallGraph): Map<ts.Node, number> {
  const places = new Map<ts.Node, number>();
  const climb = (each: ts.Node) => {
    const { body, at } = placeOf(each);
    const known = places.get(body);
    places.set(body, Math.min(at, known ?? at));
    if (known === undefined) for (const call of callsOf(body, graph)) climb(call);
  };
  climb(node);
  return places;
}

function callsOf(body: ts.Node, graph: CallGraph): ts.Node[] {
  if (!isFn(body)) return [];
  return graph.sites(body).flatMap(site => (site.kind === 'call' || site.kind === 'then' ? [site.call] : []));
}

/** What is written into `.then(…)` or called on the spot runs where it stands. */
function placeOf(node: ts.Node): Place {
  let fn = enclosingFn(node);
  while (fn && runsInPlace(fn)) fn = enclosingFn(fn);
  return { body: fn ?? node.getSourceFile(), at: node.getEnd() };
}

function runsInPlace(fn: Fn): boolean {
  const node = widen(fn);
  const { parent } = node;
  if (!ts.isCallExpression(parent)) return false;
  return parent.expression === node || ['then', 'catch', 'finally'].includes(calleeName(parent) ?? '');
}
