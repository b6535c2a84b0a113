import { ts } from '@ts-morph/common';
import type { Rule } from '../../rule.ts';
import { enclosingFn, nameText } from '../../web/nodes.ts';
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
      // What a module adds as it is loaded is added once, for as long as the page lives.
      if (!enclosingFn(node) || hasSignal(node.arguments?.[2], web)) continue;
      const uses = web.uses(node);
      if (uses.every(({ kind }) => kind === 'dropped'))
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
      !ts.isObjectLiteralExpression(node) || node.properties.some(({ name }) => nameText(name) === 'signal'),
  );
}
