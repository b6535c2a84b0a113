import { ts } from '@ts-morph/common';
import type { Rule } from '../../rule.ts';
import { enclosingClass, type Fn } from '../../web/nodes.ts';
import type { SdkCall } from '../../web/sdk-use.ts';
import type { Web } from '../../web/web.ts';

export const mixedModes: Rule = {
  id: 'web/mixed-modes',
  severity: 'error',
  platform: 'web',
  modes: ['session', 'ringing'],
  title: 'ringing and sessions in one place',
  why: 'A call that rang and a session that was joined by its link are two calls, and a page can be in one: both try to join, and which one wins changes from time to time.',
  fix: 'A route for each: one that rings, one that joins by the id in its address. Ids of sessions come from your server.',
  bad: `import { CometChat } from '@cometchat/chat-sdk-javascript';
import { CometChatCalls } from '@cometchat/calls-sdk-javascript';

export async function room(sessionId: string, ringing: string | null, box: HTMLElement) {
  if (ringing) await CometChat.acceptCall(ringing);
  const { token } = await CometChatCalls.generateToken(sessionId);
  const { error } = await CometChatCalls.joinSession(token, {}, box);
  if (error) throw error;
}
`,
  good: {
    'src/ring.ts': `import { CometChat } from '@cometchat/chat-sdk-javascript';

export const ring = (call: CometChat.Call) => CometChat.initiateCall(call);
`,
    'src/room.ts': `import { CometChatCalls } from '@cometchat/calls-sdk-javascript';

export async function room(sessionId: string, box: HTMLElement) {
  const { token } = await CometChatCalls.generateToken(sessionId);
  const { error } = await CometChatCalls.joinSession(token, {}, box);
  if (error) throw error;
}
`,
  },
  check({ web, modes }, report) {
    if (!modes.has('session') || !modes.has('ringing')) return;
    for (const { node } of web.calls('generateToken')) {
      const [id] = node.arguments ?? [];
      const minted =
        id && web.originsWithin(id).find(({ node: leaf }) => isRinging(web, leaf, ['initiateCall']));
      if (id && minted)
        report(id, 'this session id comes from initiateCall; ids of sessions come from your server');
    }
    const joins = web.calls('joinSession');
    for (const call of ['initiateCall', 'acceptCall'].flatMap(name => web.calls(name, 'CometChat')))
      if (joins.some(join => isOnePlace(web, call, join)))
        report(call.node, `${call.name} and joinSession in one place: a page can be in one call only`);
  },
};

function isRinging(web: Web, node: ts.Node, names: readonly string[]): boolean {
  const call = ts.isCallExpression(node) ? node : null;
  if (!call) return false;
  const member = web.sdk.member(call.expression);
  if (member?.owner === 'CometChat' && names.includes(member.name)) return true;
  // `call.getSessionId()`: of whatever `call` is.
  const of = ts.isPropertyAccessExpression(call.expression) ? call.expression.expression : null;
  return of !== null && web.origins(of).some(origin => isRinging(web, origin.node, names));
}

/** One component or function whose code comes to both; methods of one class, too. */
function isOnePlace(web: Web, a: SdkCall, b: SdkCall): boolean {
  const owner = enclosingClass(a.node);
  if (owner && owner === enclosingClass(b.node)) return true;
  const aFns = new Set<Fn>(web.callersOf(a.node));
  // The joins of a call that rang are that call's own.
  return web.callersOf(b.node).some(fn => aFns.has(fn)) && !joinsWhatRang(web, b);
}

function joinsWhatRang(web: Web, { node }: SdkCall): boolean {
  const [token] = node.arguments ?? [];
  return (token ? web.originsWithin(token) : []).some(({ node: leaf }) => {
    const id = ts.isCallExpression(leaf) ? leaf.arguments[0] : undefined;
    return (
      id !== undefined &&
      web.originsWithin(id).some(origin => isRinging(web, origin.node, ['acceptCall', 'initiateCall']))
    );
  });
}
