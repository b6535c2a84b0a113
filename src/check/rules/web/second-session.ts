import { ts } from '@ts-morph/common';
import type { Rule } from '../../rule.ts';
import { enclosingFn, walkOwn } from '../../web/nodes.ts';
import type { Web } from '../../web/web.ts';

export const secondSession: Rule = {
  id: 'web/second-session',
  severity: 'warning',
  platform: 'web',
  title: 'a join right after another session, without waiting for its end',
  why: 'A page has one session at a time. leaveSession only begins to leave: a join before onSessionLeft meets the old session half gone, and both break.',
  fix: 'Leave, wait for onSessionLeft (or onConnectionClosed), then join.',
  bad: `import { CometChatCalls } from '@cometchat/calls-sdk-javascript';

export async function change(token: string, box: HTMLElement) {
  CometChatCalls.leaveSession();
  const { error } = await CometChatCalls.joinSession(token, {}, box);
  if (error) throw error;
}
`,
  good: `import { CometChatCalls } from '@cometchat/calls-sdk-javascript';

export async function change(token: string, box: HTMLElement) {
  await new Promise(over => {
    CometChatCalls.addEventListener('onSessionLeft', over, { signal: AbortSignal.timeout(5000) });
    CometChatCalls.leaveSession();
  });
  const { error } = await CometChatCalls.joinSession(token, {}, box);
  if (error) throw error;
}
`,
  check({ web }, report) {
    for (const { node } of web.calls('joinSession')) {
      const fn = enclosingFn(node);
      if (!fn) continue;
      const before = sdkCallsOf(web, fn).filter(
        call => call.node.end <= node.pos && isStraight(call.node, node),
      );
      const last = before.at(-1);
      if (last?.name === 'leaveSession')
        report(node, 'joins right after leaveSession(); wait for onSessionLeft in between');
      if (last?.name === 'joinSession')
        report(
          node,
          'joins while the session before it is still there; leave it first, and wait for onSessionLeft',
        );
    }
  },
};

/** Joining, leaving and waiting, in the order of a function's own code. */
function sdkCallsOf(web: Web, fn: ts.Node): { name: string; node: ts.Node }[] {
  return [...walkOwn(fn)].flatMap(node => {
    if (!ts.isCallExpression(node)) return [];
    const member = web.sdk.member(node.expression);
    return member?.owner === 'CometChatCalls' && /^(?:join|leave)Session$/.test(member.name)
      ? [{ name: member.name, node }]
      : [];
  });
}

/** Whether whoever comes to `later` came by `earlier`: its statement stands in a block around `later`, and it leads on. */
function isStraight(earlier: ts.Node, later: ts.Node): boolean {
  let statement: ts.Node = earlier;
  while (statement.parent && !ts.isBlock(statement.parent) && !ts.isSourceFile(statement.parent))
    statement = statement.parent;
  if (ts.isIfStatement(statement) || ts.isTryStatement(statement) || ts.isReturnStatement(statement))
    return false;
  const block = statement.parent;
  for (let at: ts.Node | undefined = later; at; at = at.parent) if (at === block) return true;
  return false;
}
