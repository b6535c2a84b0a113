import { ts } from '@ts-morph/common';
import { accessedName, calleeName, type Fn, isAccess, isFn, strip, walk } from './nodes.ts';
import type { Given, Origins } from './origins.ts';
import type { WebProgram } from './program.ts';
import { once, type Symbols } from './symbols.ts';

export type Call = ts.CallExpression | ts.NewExpression;

/** A place at which a project function runs. */
export type CallSite =
  | { readonly kind: 'call'; readonly call: Call }
  /** `promise.then(fn)`: its first parameter is what the promise gives. */
  | { readonly kind: 'then'; readonly call: ts.CallExpression; readonly promise: ts.Expression }
  /** Given to a function we do not know, like an event's listener. */
  | { readonly kind: 'passed'; readonly call: Call; readonly index: number }
  /** A component. */
  | { readonly kind: 'jsx'; readonly element: ts.JsxOpeningLikeElement };

export interface CallGraph {
  /** The project functions that a call can run. */
  callees(call: Call): readonly Fn[];
  sites(fn: Fn): readonly CallSite[];
  /** The project functions that an expression can be; a class stands for its constructor. */
  functions(expression: ts.Expression): readonly Fn[];
}

/** Every call of the project by the functions it runs; worked out at the first question. */
export function createCallGraph(program: WebProgram, symbols: Symbols, origins: () => Origins): CallGraph {
  const known = new Map<Fn, CallSite[]>();
  const add = (fn: Fn, site: CallSite) => {
    const list = known.get(fn);
    if (list) list.push(site);
    else known.set(fn, [site]);
  };
  const fnsOf = (expression: ts.Expression) => {
    const found = origins().of(expression);
    return found.flatMap(({ node, path }) =>
      path.length > 0 ? [] : isFn(node) ? [node] : constructorOf(node),
    );
  };
  // Asked for parameters while it is being built, it knows what it has seen so far: the second round then knows all.
  let state: 'new' | 'building' | 'built' = 'new';
  const build = once(() => {
    state = 'building';
    const unresolved: Call[] = [];
    for (const call of callsOf(program)) {
      const fns = mayBeOurs(call.expression, symbols) ? fnsOf(call.expression) : [];
      for (const fn of fns) add(fn, { kind: 'call', call });
      if (fns.length === 0) unresolved.push(call);
      addPassed(call, fnsOf, add);
    }
    for (const element of elementsOf(program))
      for (const fn of tagFns(element.tagName, fnsOf)) add(fn, { kind: 'jsx', element });
    state = 'built';
    for (const call of unresolved)
      if (mayBeOurs(call.expression, symbols))
        for (const fn of fnsOf(call.expression)) add(fn, { kind: 'call', call });
  });
  return {
    callees(call) {
      if (state === 'building') return [];
      build();
      return fnsOf(call.expression);
    },
    functions: fnsOf,
    sites(fn) {
      if (state === 'new') build();
      return state === 'building' ? [] : (known.get(fn) ?? []);
    },
  };
}

/** What a parameter gets at the places that call its function. */
export function givenTo(sites: readonly CallSite[], index: number): Given[] {
  return sites.flatMap((site): Given[] => {
    if (site.kind === 'jsx') return index === 0 ? [{ jsx: site.element }] : [];
    if (site.kind === 'then') return index === 0 ? [{ value: site.promise, path: [] }] : [];
    if (site.kind === 'passed') return givenByIterator(site, index);
    const value = site.call.arguments?.[index];
    return value ? [{ value, path: [] }] : [];
  });
}

/** `list.map(fn)`: one of the list. */
function givenByIterator({ call }: { call: Call }, index: number): Given[] {
  const callee = strip(call.expression);
  const iterates = index === 0 && ITERATORS.has(calleeName(call) ?? '') && isAccess(callee);
  return iterates ? [{ value: callee.expression, path: ['*'] }] : [];
}

const ITERATORS = new Set(['map', 'forEach', 'filter', 'find', 'flatMap', 'some', 'every']);

function addPassed(
  call: Call,
  fnsOf: (expression: ts.Expression) => readonly Fn[],
  add: (fn: Fn, site: CallSite) => void,
): void {
  const callee = strip(call.expression);
  const chained = ts.isCallExpression(call) && calleeName(call) === 'then' && isAccess(callee);
  (call.arguments ?? []).forEach((argument, index) => {
    if (!mayBeFunction(argument) && !(chained && isAccess(strip(argument)))) return;
    const isThen = chained && index === 0;
    for (const fn of fnsOf(argument))
      add(fn, isThen ? { kind: 'then', call, promise: callee.expression } : { kind: 'passed', call, index });
  });
}

function tagFns(tag: ts.JsxTagNameExpression, fnsOf: (expression: ts.Expression) => readonly Fn[]) {
  return ts.isJsxNamespacedName(tag) ? [] : fnsOf(tag);
}

function mayBeFunction(argument: ts.Expression): boolean {
  const node = strip(argument);
  return isFn(node) || ts.isIdentifier(node);
}

/** Most calls are of methods that no code of the project declares: `push`, `map`, `querySelector`. */
function mayBeOurs(given: ts.Expression, symbols: Symbols): boolean {
  const callee = strip(given);
  const name = isAccess(callee) ? accessedName(callee) : null;
  return name === null || symbols.isDeclaredName(name);
}

function constructorOf(node: ts.Node): Fn[] {
  return ts.isClassLike(node) ? node.members.filter(ts.isConstructorDeclaration).slice(0, 1) : [];
}

function* callsOf({ sources }: WebProgram): Generator<Call> {
  for (const source of sources.values())
    for (const node of walk(source)) if (ts.isCallExpression(node) || ts.isNewExpression(node)) yield node;
}

function* elementsOf({ sources }: WebProgram): Generator<ts.JsxOpeningLikeElement> {
  for (const source of sources.values())
    for (const node of walk(source))
      if (ts.isJsxOpeningElement(node) || ts.isJsxSelfClosingElement(node)) yield node;
}
