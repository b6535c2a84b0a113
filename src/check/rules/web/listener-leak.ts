import { ts } from '@ts-morph/common';
import type { Rule } from '../../rule.ts';
import { calleeName, enclosingFn, nameText, widen } from '../../web/nodes.ts';
import { runsOnce } from '../../web/once.ts';
import type { Use } from '../../web/uses.ts';
import type { Web } from '../../web/web.ts';

export const listenerLeak: Rule = {
  id: 'web/listener-leak',
  severity: 'error',
  platform: 'web',
  title: 'a listener that nobody can take off again',
  why: 'Each visit adds one more, and each hears every later session: handlers run twice, then three times, and hold pages that are long gone.',
  fix: `const off = CometChatCalls.addEventListener(name, listener); … off();
// or give { signal } of an AbortController`,
  bad: `import { CometChatCalls } from '@cometchat/calls-sdk-javascript';

export function watch(over: () => void) {
  CometChatCalls.addEventListener('onConnectionClosed', over);
}
`,
  good: `import { CometChatCalls } from '@cometchat/calls-sdk-javascript';

export function watch(over: () => void) {
  return CometChatCalls.addEventListener('onConnectionClosed', over);
}
`,
  check({ web }, report) {
    for (const { node } of web.calls('addEventListener')) {
      if (runsOnce(web, node) || hasSignal(node.arguments?.[2], web)) continue;
      if (web.uses(node).every(isLost))
        report(node, 'what addEventListener gives back is dropped: nothing can take this listener off');
    }
    for (const { owner, name, node } of web.sdk.mentions())
      if (owner === 'CometChatCalls' && name === 'removeEventListener')
        report(
          node,
          'CometChatCalls.removeEventListener does not exist; call what addEventListener gave back',
        );
  },
};

function hasSignal(options: ts.Expression | undefined, web: Web): boolean {
  return (options ? web.origins(options) : []).some(
    ({ node }) =>
      !ts.isObjectLiteralExpression(node) ||
      node.properties.some(each => ts.isSpreadAssignment(each) || nameText(each.name) === 'signal'),
  );
}

/** `names.forEach(name => addEventListener(…))` loses what its function gives back; an effect takes it for its clean-up. */
function isLost({ kind, node }: Use): boolean {
  if (kind !== 'dropped') return false;
  const fn = enclosingFn(node);
  const isGivenBack = fn?.body === node || ts.isReturnStatement(node.parent);
  if (!fn || !isGivenBack) return true;
  const { parent: taker } = widen(fn);
  if (ts.isJsxExpression(taker)) return isHandler(taker.parent);
  if (!ts.isCallExpression(taker) && !ts.isNewExpression(taker)) return false;
  const name = calleeName(taker) ?? '';
  return LOSERS.has(name) || (name === 'map' && ts.isExpressionStatement(taker.parent));
}

/** `onClick`; what the function of a `ref` gives back is called when the element goes. */
function isHandler(attribute: ts.Node): boolean {
  return ts.isJsxAttribute(attribute) && /^on[A-Z]/.test(nameText(attribute.name) ?? '');
}

/** Functions that do nothing with what theirs give back. */
const LOSERS = new Set([
  'forEach',
  'Promise',
  'setTimeout',
  'setInterval',
  'queueMicrotask',
  'addEventListener',
]);
