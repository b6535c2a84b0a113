import { ts } from '@ts-morph/common';
import type { Edit, Rule } from '../../rule.ts';
import { accessedName } from '../../web/nodes.ts';
import type { Web } from '../../web/web.ts';

/** The chat SDK's class has them; the plain object of the Calls SDK has the properties. */
const PROPERTIES = new Map([
  ['getUid', 'uid'],
  ['getName', 'name'],
  ['getAvatar', 'avatar'],
  ['getStatus', 'status'],
  ['getRole', 'role'],
  ['getAuthToken', 'authToken'],
]);

export const userGetters: Rule = {
  id: 'web/user-getters',
  severity: 'error',
  platform: 'web',
  title: 'the Calls SDK’s user is asked for like the chat SDK’s',
  why: 'getLoggedInUser and login give a plain object. Its getters do not exist: the page breaks with “getUid is not a function”, for those only who are logged in already.',
  fix: 'Read `user.uid`, `user.name` and `user.avatar`.',
  bad: `import { CometChatCalls } from '@cometchat/calls-sdk-javascript';

export const isMe = (uid: string) => CometChatCalls.getLoggedInUser()?.getUid() === uid;
`,
  good: `import { CometChatCalls } from '@cometchat/calls-sdk-javascript';

export const isMe = (uid: string) => CometChatCalls.getLoggedInUser()?.uid === uid;
`,
  check({ web }, report) {
    for (const name of ['getLoggedInUser', 'login', 'loginWithAuthToken'])
      for (const { node } of web.calls(name))
        for (const use of web.uses(node)) {
          const property = PROPERTIES.get(use.path[0] ?? '');
          if (!property || accessedName(use.node) !== use.path[0]) continue;
          const fix = fixOf(use.node, property, web);
          report(use.node, `the Calls SDK’s user has no ${use.path[0]}(); read ${property}`, {
            ...(fix && { fix }),
          });
        }
  },
};

/** `user.getUid()` as a whole becomes `user.uid`. */
function fixOf(access: ts.Node, property: string, { program }: Web): Edit[] | null {
  const call = access.parent;
  const file = program.pathOf(access);
  if (!file || !ts.isPropertyAccessExpression(access) || !ts.isCallExpression(call)) return null;
  if (call.expression !== access || call.arguments.length > 0) return null;
  return [{ file, start: access.name.getStart(), end: call.getEnd(), text: property }];
}
