import { ts } from '@ts-morph/common';
import type { Rule } from '../../rule.ts';
import type { Call } from '../../web/call-graph.ts';
import type { Lifetime } from '../../web/lifetimes.ts';
import { calleeName, isAccess, isFn, strip } from '../../web/nodes.ts';
import type { Web } from '../../web/web.ts';
import { callsOneOf, JOINS, LEAVES } from './calls-of.ts';

export const noLeaveOnUnmount: Rule = {
  id: 'web/no-leave-on-unmount',
  severity: 'error',
  platform: 'web',
  title: 'what joins when it comes does not leave when it goes',
  why: 'Whoever goes to another route stays in the call: camera and microphone stay on, the others go on seeing and hearing, and the next join is a second session.',
  fix: 'Return a clean-up from the effect, or use the component’s own end, and call CometChatCalls.leaveSession() there.',
  bad: `import { useEffect } from 'react';
import { CometChatCalls } from '@cometchat/calls-sdk-javascript';

export function useCall(token: string, box: HTMLElement) {
  useEffect(() => {
    CometChatCalls.joinSession(token, {}, box).then(({ error }) => error && alert(error.message));
  }, [token, box]);
}
`,
  good: `import { useEffect } from 'react';
import { CometChatCalls } from '@cometchat/calls-sdk-javascript';

export function useCall(token: string, box: HTMLElement) {
  useEffect(() => {
    CometChatCalls.joinSession(token, {}, box).then(({ error }) => error && alert(error.message));
    return () => CometChatCalls.leaveSession();
  }, [token, box]);
}
`,
  check({ web }, report) {
    const lifetimes = web.lifetimes();
    const leaving = lifetimes.filter(({ ends }) => ends.some(end => mayLeave(web, end)));
    for (const lifetime of lifetimes) {
      const join = lifetime.starts
        .flatMap(start => web.callsFrom(start))
        .find(call => callsOneOf(web, call, JOINS));
      if (!join || handsOver(web, lifetime)) continue;
      if (leaving.some(other => other === lifetime || isBeside(web, other, lifetime))) continue;
      report(join, 'joined when this comes, and not left when it goes: call leaveSession() in the clean-up');
    }
  },
};

function mayLeave(web: Web, end: ts.Node): boolean {
  return web.reaches(end, call => callsOneOf(web, call, LEAVES) || isUnknown(web, call));
}

/** `return CometChatCalls.leaveSession`, `onUnmounted(CometChatCalls.leaveSession)`; a button is no clean-up. */
function handsOver(web: Web, lifetime: Lifetime): boolean {
  const own = componentsOf(web, lifetime);
  return web.sdk.mentions().some(({ name, node }) => {
    const named = ts.isIdentifier(node) && isAccess(node.parent) ? node.parent : node;
    const { parent } = named;
    const isCallee = ts.isCallExpression(parent) && parent.expression === named;
    if (!LEAVES.includes(name) || isCallee || ts.isJsxExpression(parent)) return false;
    return [...own].some(
      each => each.pos <= node.pos && node.end <= each.end && each.getSourceFile() === node.getSourceFile(),
    );
  });
}

/** `onGone()`, `machine.stop()`: what a package or somebody outside of the project gave may well leave. */
function isUnknown(web: Web, call: Call): boolean {
  if (web.graph.callees(call).length > 0 || web.sdk.member(call.expression)) return false;
  return web.origins(rootOf(call.expression)).some(({ node }) => {
    const from = ts.isCallExpression(node) ? node : null;
    if (from && STATES.has(calleeName(from) ?? '')) return false;
    const isImport = (each: ts.Node) => ts.isImportSpecifier(each) || ts.isImportClause(each);
    if (ts.isParameter(node) || isImport(node)) return true;
    return from !== null && web.origins(rootOf(from.expression)).some(each => isImport(each.node));
  });
}

/** What these give only changes the page. */
const STATES = new Set([
  'useState',
  'useReducer',
  'useRef',
  'ref',
  'shallowRef',
  'signal',
  'writable',
  'inject',
]);

function rootOf(expression: ts.Expression): ts.Expression {
  const inner = strip(expression);
  return isAccess(inner) ? rootOf(inner.expression) : inner;
}

/** Another effect or hook of the same component may be the one that leaves. A page's end is not the component's. */
function isBeside(web: Web, other: Lifetime, lifetime: Lifetime): boolean {
  if (other.kind === 'page') return false;
  const own = componentsOf(web, lifetime);
  return [...componentsOf(web, other)].some(each => own.has(each));
}

/** The functions, classes and options around a lifetime, and the components that call these as their hooks. */
function componentsOf(web: Web, { node }: Lifetime): Set<ts.Node> {
  const found = new Set<ts.Node>();
  const add = (from: ts.Node) => {
    for (let each: ts.Node | undefined = from; each; each = each.parent)
      if (isFn(each) || ts.isClassLike(each) || ts.isObjectLiteralExpression(each)) found.add(each);
      else if (ts.isSourceFile(each) && web.hasTemplate(each)) found.add(each);
  };
  add(node);
  for (const each of found)
    if (isFn(each)) for (const site of web.graph.sites(each)) if (site.kind === 'call') add(site.call);
  return found;
}
