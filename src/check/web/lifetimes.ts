import { ts } from '@ts-morph/common';
import type { CallGraph } from './call-graph.ts';
import { calleeName, enclosingFn, type Fn, isFn, nameText, returnsOf, walk } from './nodes.ts';
import type { WebProgram } from './program.ts';

/** What runs when a part of the page comes, and what when it goes. */
export interface Lifetime {
  readonly kind: 'effect' | 'component' | 'page';
  /** The effect's call, the component's class or options, or the function or file that sets a component up. */
  readonly node: ts.Node;
  readonly starts: readonly Fn[];
  readonly ends: readonly Fn[];
}

const EFFECTS = new Set([
  ...['useEffect', 'useLayoutEffect', 'useInsertionEffect', '$effect', 'useAsyncEffect'],
  ...['useIsomorphicLayoutEffect', 'useEffectOnce', 'useMount'],
]);

const START_HOOKS = new Set([
  'onMounted',
  'onBeforeMount',
  'onActivated',
  'onMount',
  'watch',
  'watchEffect',
  'watchPostEffect',
  'tryOnMounted',
  'createEffect',
  'effect',
  'afterNextRender',
]);

const END_HOOKS = new Set([
  ...[
    'onUnmounted',
    'onBeforeUnmount',
    'onDeactivated',
    'onScopeDispose',
    'tryOnUnmounted',
    'tryOnScopeDispose',
  ],
  ...['onDestroy', 'onCleanup', 'onWatcherCleanup', 'onBeforeRouteLeave', 'useUnmount', 'onInvalidate'],
]);

const START_METHODS = new Set([
  ...['componentDidMount', 'mounted', 'created', 'beforeMount', 'activated', 'ngOnInit', 'ngAfterViewInit'],
  ...['connectedCallback', 'constructor', 'firstUpdated'],
]);

const END_METHODS = new Set([
  ...['componentWillUnmount', 'beforeUnmount', 'unmounted', 'beforeDestroy', 'destroyed', 'deactivated'],
  ...['ngOnDestroy', 'disconnectedCallback', 'ionViewWillLeave', 'ionViewDidLeave'],
]);

const PAGE_ENDS = new Set(['pagehide', 'beforeunload', 'unload']);
const ABORTS = new Set(['abort']);

/** Effects with their clean-ups, components with their life-cycle functions, and pages with what runs when they go. */
export function findLifetimes(program: WebProgram, graph: CallGraph): Lifetime[] {
  const scopes = new Map<ts.Node, { kind: Lifetime['kind']; starts: Fn[]; ends: Fn[] }>();
  const scope = (node: ts.Node, kind: Lifetime['kind']) => {
    const found = scopes.get(node) ?? { kind, starts: [], ends: [] };
    scopes.set(node, found);
    return found;
  };
  for (const source of program.sources.values())
    for (const node of walk(source)) {
      if (ts.isCallExpression(node)) addHook(node, graph, scope);
      else if (ts.isClassLike(node) || ts.isObjectLiteralExpression(node)) addMethods(node, graph, scope);
    }
  return [...scopes].map(([node, each]) => ({ node, ...each }));
}

type Scope = (node: ts.Node, kind: Lifetime['kind']) => { starts: Fn[]; ends: Fn[] };

function addHook(call: ts.CallExpression, graph: CallGraph, scope: Scope): void {
  const name = calleeName(call) ?? '';
  const around = enclosingFn(call) ?? call.getSourceFile();
  const last = call.arguments.findLast(each => graph.functions(each).length > 0);
  const fns = last ? graph.functions(last) : [];
  if (EFFECTS.has(name)) {
    const effect = scope(call, 'effect');
    effect.starts.push(...fns);
    effect.ends.push(...fns.flatMap(fn => cleanUps(fn, graph)));
  } else if (START_HOOKS.has(name)) {
    const component = scope(around, 'component');
    component.starts.push(...fns);
    component.ends.push(...fns.flatMap(fn => cleanUps(fn, graph)));
  } else if (END_HOOKS.has(name)) scope(around, 'component').ends.push(...fns);
  else if (name === 'addEventListener' && isEvent(call, PAGE_ENDS))
    scope(call.getSourceFile(), 'page').ends.push(...fns);
  // A clean-up that aborts runs what listens to its signal.
  else if (name === 'addEventListener' && isEvent(call, ABORTS)) scope(around, 'component').ends.push(...fns);
}

/** The functions that an effect gives back; an `async` one gives a promise, and nobody waits for it. */
function cleanUps(fn: Fn, graph: CallGraph): Fn[] {
  if (ts.getCombinedModifierFlags(fn) & ts.ModifierFlags.Async) return [];
  return returnsOf(fn).flatMap(each => graph.functions(each));
}

function isEvent({ arguments: [event] }: ts.CallExpression, names: ReadonlySet<string>): boolean {
  return event !== undefined && ts.isStringLiteralLike(event) && names.has(event.text);
}

function addMethods(
  owner: ts.ClassLikeDeclaration | ts.ObjectLiteralExpression,
  graph: CallGraph,
  scope: Scope,
): void {
  const members = ts.isClassLike(owner) ? owner.members : owner.properties;
  for (const member of members) {
    const name = ts.isConstructorDeclaration(member) ? 'constructor' : nameText(member.name);
    if (name === null || (!START_METHODS.has(name) && !END_METHODS.has(name))) continue;
    const value = 'initializer' in member ? member.initializer : undefined;
    const fns = isFn(member) ? [member] : value ? graph.functions(value) : [];
    const component = scope(owner, 'component');
    (END_METHODS.has(name) ? component.ends : component.starts).push(...fns);
  }
}
