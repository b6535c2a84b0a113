import { ts } from '@ts-morph/common';
import type { Rule } from '../../rule.ts';

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
      return event ? web.origins(event).map(origin => origin.node) : [];
    });
    // A name that is worked out may be the one.
    const isHeard = names.some(node => !ts.isStringLiteralLike(node) || node.text === EVENT);
    const [first] = web.calls('joinSession');
    if (!first || isHeard) return;
    const some = names.length > 0 ? 'other events are' : 'nothing is';
    report(first.node, `${some} listened to, but not ${EVENT}, which tells of every ending of the session`);
  },
};
