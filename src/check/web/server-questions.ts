import { ts } from '@ts-morph/common';
import type { Call } from './call-graph.ts';
import { mintersOf } from './minters.ts';
import { calleeName, isFn, nameText, walk, widen } from './nodes.ts';
import { createOrder } from './order.ts';
import type { Origin } from './origins.ts';
import type { Web } from './web.ts';

/** Who asked the server about a session. */
export interface ServerQuestions {
  /** Whether something may have asked about the id that a call of `generateToken` is given, before it. */
  precede(token: Call): boolean;
}

/** Calls that take an id and ask nobody. */
const QUIET = new Set([
  ...[
    'log',
    'info',
    'warn',
    'error',
    'debug',
    'encodeURIComponent',
    'decodeURIComponent',
    'String',
    'Boolean',
    'trim',
    'toLowerCase',
  ],
  ...['push', 'replace', 'navigate', 'assign', 'pushState', 'replaceState', 'useState', 'useRef', 'ref'],
  ...['useEffect', 'useLayoutEffect', 'useMemo', 'useCallback', 'watch', 'watchEffect', 'computed'],
  ...[
    'setItem',
    'writeText',
    'share',
    'canShare',
    'all',
    'race',
    'allSettled',
    'test',
    'match',
    'includes',
    'startsWith',
    'has',
    'then',
    'catch',
  ],
  ...['createElement', 'Error', 'URL', 'URLSearchParams', 'alert', 'append', 'signal', 'createSignal'],
]);

export function createServerQuestions(web: Web): ServerQuestions {
  const order = createOrder(web.graph);
  const asking = [...web.sources.values()]
    .filter(source => !web.isServer(source))
    .flatMap(walk)
    .filter(node => ts.isCallExpression(node) || ts.isNewExpression(node))
    .filter(call => !isQuiet(call) && !web.sdk.member(call.expression));
  return {
    precede(token) {
      const [id] = token.arguments ?? [];
      if (!id) return true;
      const origins = web.originsWithin(id);
      if (origins.some(each => isLoaded(web, each))) return true;
      const leaves = new Set(origins.map(({ node }) => node));
      // One that is made up here no server could know of: that is a rule of its own.
      if ([...leaves].some(isAnswer) || mintersOf(web, id).length > 0) return true;
      const name = nameOf(id);
      return asking.some(
        call => isAbout(web, call, leaves, name) && !contains(call, token) && !order.isAfter(call, token),
      );
    },
  };
}

function isQuiet(call: Call): boolean {
  const name = calleeName(call) ?? '';
  return QUIET.has(name) || /^set[A-Z]/.test(name);
}

/** What somebody gave after a wait was asked for. */
function isAnswer(node: ts.Node): boolean {
  if (!ts.isCallExpression(node)) return false;
  return (
    // A ringing call's id, which the chat SDK made.
    ['json', 'getSessionId', 'acceptCall'].includes(calleeName(node) ?? '') ||
    ts.isAwaitExpression(node.parent) ||
    ts.isAwaitExpression(widen(node).parent)
  );
}

/** SvelteKit's `data`: what the page's `load` found out before the page was there. */
function isLoaded({ program }: Web, { node, path }: Origin): boolean {
  if (!/(?:^|\/)\+(?:page|layout)\.svelte$/.test(program.pathOf(node) ?? '')) return false;
  return path[0] === 'data' || (ts.isVariableDeclaration(node) && nameText(node.name) === 'data');
}

function nameOf(id: ts.Expression): string | null {
  return ts.isPropertyAccessExpression(id) ? id.name.text : nameText(id);
}

/** By the id itself, by its name where the trail ends, or by the word. */
function isAbout(web: Web, call: Call, leaves: ReadonlySet<ts.Node>, name: string | null): boolean {
  if (/authori[sz]e/i.test(calleeName(call) ?? '')) return true;
  const given = (call.arguments ?? []).filter(each => !isFn(each));
  const names = given.flatMap(each => [...walk(each)]);
  if (names.some(each => isRead(each) && each.text === name)) return runsElsewhere(web, call);
  if (names.some(each => hasText(each) && /authori[sz]e/i.test(each.text))) return true;
  return (
    given.some(each => web.originsWithin(each).some(({ node }) => leaves.has(node))) &&
    runsElsewhere(web, call)
  );
}

/** `{ sessionId: other }` names a member, and reads none. */
function isRead(node: ts.Node): node is ts.Identifier {
  return ts.isIdentifier(node) && !(ts.isPropertyAssignment(node.parent) && node.parent.name === node);
}

/** Of the project's own functions what they do is looked at in them. */
function runsElsewhere({ graph, isServer }: Web, call: Call): boolean {
  const fns = graph.callees(call);
  return fns.length === 0 || fns.some(isServer);
}

function hasText(node: ts.Node): node is ts.StringLiteralLike | ts.TemplateLiteralLikeNode {
  return (
    ts.isStringLiteralLike(node) ||
    ts.isTemplateHead(node) ||
    ts.isTemplateMiddle(node) ||
    ts.isTemplateTail(node)
  );
}

function contains(outer: ts.Node, inner: ts.Node): boolean {
  return outer.getSourceFile() === inner.getSourceFile() && outer.pos <= inner.pos && outer.end >= inner.end;
}
