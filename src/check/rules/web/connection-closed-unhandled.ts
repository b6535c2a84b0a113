import { ts } from '@ts-morph/common';
import type { Rule } from '../../rule.ts';
import { walk } from '../../web/nodes.ts';
import type { Web } from '../../web/web.ts';

const EVENT = 'onConnectionClosed';

export const connectionClosedUnhandled: Rule = {
  id: 'web/connection-closed-unhandled',
  severity: 'error',
  platform: 'web',
  title: 'nobody listens to onConnectionClosed',
  why: 'It is the one event of every ending: the network died, somebody ended the session, the idle limit passed. A page that waits for onSessionLeft alone, or for nothing, stays on an empty call.',
  fix: `const off = CometChatCalls.addEventListener('onConnectionClosed', leaveThePage);`,
  bad: `import { CometChatCalls } from '@cometchat/calls-sdk-javascript';

export async function join(token: string, box: HTMLElement, over: () => void) {
  const off = CometChatCalls.addEventListener('onSessionLeft', over);
  const { error } = await CometChatCalls.joinSession(token, {}, box);
  if (error) off();
}
`,
  good: `import { CometChatCalls } from '@cometchat/calls-sdk-javascript';

export async function join(token: string, box: HTMLElement, over: () => void) {
  const off = CometChatCalls.addEventListener('onConnectionClosed', over);
  const { error } = await CometChatCalls.joinSession(token, {}, box);
  if (error) off();
}
`,
  check({ web }, report) {
    const names = web.calls('addEventListener').flatMap(({ node }) => {
      const [event] = node.arguments ?? [];
      return event ? namesOf(web, event) : [];
    });
    // A name that is worked out may be the one.
    const isHeard = names.some(node => !ts.isStringLiteralLike(node) || node.text === EVENT);
    const [first] = web.calls('joinSession');
    if (!first || isHeard || isGivenAway(web)) return;
    const some =
      names.length > 0 ? 'other events are listened to, but not' : 'nothing is listened to, not even';
    report(first.node, `${some} ${EVENT}, which tells of every ending of the session`);
  },
};

/** What an event's name can be; the argument itself where nothing is known of it, as with `...both`. */
function namesOf(web: Web, event: ts.Expression): ts.Node[] {
  const origins = ts.isSpreadElement(event) ? [] : web.origins(event);
  return origins.length > 0 ? origins.map(({ node }) => node) : [event];
}

/** `useCallEvent('onConnectionClosed', …)` of a package, `on('onConnectionClosed', …)` of what we cannot see. */
function isGivenAway(web: Web): boolean {
  return [...web.sources.values()].some(source =>
    walk(source).some(
      node =>
        ts.isStringLiteralLike(node) &&
        node.text === EVENT &&
        ts.isCallExpression(node.parent) &&
        !web.sdk.member(node.parent.expression) &&
        web.graph.callees(node.parent).length === 0,
    ),
  );
}
