import { ts } from '@ts-morph/common';
import type { CallSite } from './call-graph.ts';
import { calleeName, enclosingClass, enclosingFn, type Fn } from './nodes.ts';
import type { Web } from './web.ts';

/** Stores that are set up once; a function given to one runs when the page begins. */
const STORES = new Set(['defineStore', 'createStore', 'createGlobalState', 'createSharedComposable']);
const LOADED = new Set(['DOMContentLoaded', 'load']);
const LOOPS = new Set([
  ...[ts.SyntaxKind.ForStatement, ts.SyntaxKind.ForOfStatement, ts.SyntaxKind.ForInStatement],
  ...[ts.SyntaxKind.WhileStatement, ts.SyntaxKind.DoStatement],
]);

/**
 * Whether code runs at most once for as long as the page lives: at the top of a module, in what only such code calls, in
 * a service that Angular makes once. At the top of a component's script it runs for each component.
 */
export function runsOnce(web: Web, node: ts.Node, seen = new Set<ts.Node>()): boolean {
  const fn = enclosingFn(node);
  const owner = enclosingClass(node);
  if (isService(owner) && (!fn || ts.isConstructorDeclaration(fn))) return true;
  if (!fn) return owner === null && !isComponent(web, node);
  if (seen.has(fn)) return false;
  seen.add(fn);
  const sites = web.graph.sites(fn);
  if (sites.length !== 1 && !isExecutor(fn)) return false;
  return isExecutor(fn) ? runsOnce(web, fn, seen) : sites.every(site => isOnce(web, site, seen));
}

function isOnce(web: Web, site: CallSite, seen: Set<ts.Node>): boolean {
  if (site.kind === 'jsx') return false;
  const isKnown = site.kind !== 'passed' || startsWith(site.call);
  return isKnown && !isInLoop(site.call) && runsOnce(web, site.call, seen);
}

/** What is given to these runs once, at the beginning. */
function startsWith(call: ts.CallExpression | ts.NewExpression): boolean {
  const [first] = call.arguments ?? [];
  const name = calleeName(call) ?? '';
  if (name !== 'addEventListener') return STORES.has(name);
  return first !== undefined && ts.isStringLiteralLike(first) && LOADED.has(first.text);
}

/** `new Promise(executor)`. */
function isExecutor(fn: Fn): boolean {
  return ts.isNewExpression(fn.parent) && calleeName(fn.parent) === 'Promise';
}

function isInLoop(call: ts.Node): boolean {
  for (let at: ts.Node | undefined = call; at && at !== enclosingFn(call); at = at.parent)
    if (LOOPS.has(at.kind)) return true;
  return false;
}

function isService(owner: ts.ClassLikeDeclaration | null): boolean {
  const decorators = owner ? (ts.getDecorators(owner) ?? []) : [];
  return decorators.some(
    ({ expression }) => ts.isCallExpression(expression) && calleeName(expression) === 'Injectable',
  );
}

function isComponent(web: Web, node: ts.Node): boolean {
  return /\.(?:vue|svelte)$/.test(web.program.pathOf(node) ?? '');
}
