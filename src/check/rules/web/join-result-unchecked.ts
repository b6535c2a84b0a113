import type { Rule } from '../../rule.ts';
import { isConsole } from '../../web/console.ts';
import type { Use } from '../../web/uses.ts';
import type { Web } from '../../web/web.ts';

export const joinResultUnchecked: Rule = {
  id: 'web/join-result-unchecked',
  severity: 'error',
  platform: 'web',
  title: 'nobody reads `error` of what joinSession gives back',
  why: 'joinSession resolves on failure too, with `{ data: null, error }`; nothing is thrown, so `catch` sees nothing. A person who did not get in stares at an empty container, and no log says why.',
  fix: `const { error } = await CometChatCalls.joinSession(token, {}, container);
if (error) throw error; // or show it`,
  bad: `import { CometChatCalls } from '@cometchat/calls-sdk-javascript';

export async function join(token: string, container: HTMLElement) {
  try {
    await CometChatCalls.joinSession(token, {}, container);
  } catch (error) {
    showFailure(error);
  }
}

declare function showFailure(error: unknown): void;
`,
  good: `import { CometChatCalls } from '@cometchat/calls-sdk-javascript';

export async function join(token: string, container: HTMLElement) {
  const { error } = await CometChatCalls.joinSession(token, {}, container);
  if (error) showFailure(error);
}

declare function showFailure(error: unknown): void;
`,
  check({ web }, report) {
    for (const { node } of web.calls('joinSession')) {
      const uses = web.uses(node);
      if (uses.some(use => readsError(web, use))) continue;
      const ignored = uses.every(({ kind }) => kind === 'dropped');
      const what = ignored
        ? 'the result of joinSession is ignored'
        : '`error` of the result of joinSession is never read';
      report(node, `${what}: it resolves on failure too`);
    }
  },
};

/** What is given to others, or kept where a template may show it, counts as read: we cannot see. */
function readsError(web: Web, { kind, path, call, node }: Use): boolean {
  if (path.length > 0) return path[0] === 'error' || path[0] === '*';
  if (kind === 'argument') return !call || !isConsole(web, call);
  return kind === 'returned' || (kind === 'assigned' && web.hasTemplate(node));
}
