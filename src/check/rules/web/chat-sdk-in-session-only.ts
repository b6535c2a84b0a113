import type { Facts } from '../../facts.ts';
import type { Rule, Span } from '../../rule.ts';

const PACKAGES = ['@cometchat/chat-sdk-javascript', '@cometchat-pro/chat'];
/** What is done with the chat SDK only because sessions are believed to need it. */
const SETTING_UP = new Set([
  ...['init', 'login', 'loginWithAuthToken', 'logout', 'getLoggedinUser', 'getLoggedInUser', 'isInitialized'],
  ...['AppSettingsBuilder', 'setSource', 'addLoginListener', 'removeLoginListener'],
]);
/** Of calls that rang, which a session is taken for: a rule of its own, and no chatting either. */
const MISTAKEN = new Set(['endCall', 'clearActiveCall']);

export const chatSdkInSessionOnly: Rule = {
  id: 'web/chat-sdk-in-session-only',
  severity: 'error',
  platform: 'web',
  modes: ['session'],
  title: 'the chat SDK is set up, and only sessions are used',
  why: 'Its init and login take time before every join, and are two more ways to fail, for nothing: the Calls SDK logs in by itself.',
  fix: 'Remove the package, CometChat.init and CometChat.login; keep CometChatCalls.init and CometChatCalls.login.',
  bad: {
    'package.json':
      '{ "dependencies": { "@cometchat/calls-sdk-javascript": "^5.0.7", "@cometchat/chat-sdk-javascript": "^4.1.0" } }',
    'src/join.ts': `import { CometChat } from '@cometchat/chat-sdk-javascript';
import { CometChatCalls } from '@cometchat/calls-sdk-javascript';

export async function join(uid: string, token: string, box: HTMLElement) {
  await CometChat.login(uid, 'key');
  return CometChatCalls.joinSession(token, {}, box);
}
`,
  },
  good: {
    'package.json': '{ "dependencies": { "@cometchat/calls-sdk-javascript": "^5.0.7" } }',
    'src/join.ts': `import { CometChatCalls } from '@cometchat/calls-sdk-javascript';

export async function join(token: string, box: HTMLElement) {
  await CometChatCalls.loginWithAuthToken(token);
  return CometChatCalls.joinSession(token, {}, box);
}
`,
  },
  check(facts, report) {
    const { web, modes } = facts;
    if (modes.has('ringing') || chats(facts)) return;
    for (const { owner, name, node } of web.sdk.all())
      if (owner === 'CometChat' && !MISTAKEN.has(name))
        report(
          node,
          `CometChat.${name} sets up the chat SDK, and nothing here chats: sessions need the Calls SDK alone`,
        );
    for (const { name, span } of chatPackages(facts))
      report(span, `${name} is a dependency, and nothing here chats: sessions need the Calls SDK alone`);
  },
};

/** Anything of the chat SDK's besides its set-up, and any UI kit, which stands on it. */
function chats({ web, project }: Facts): boolean {
  const kits = project.packages.some(({ dependencies }) =>
    [...dependencies.keys()].some(name => /^@cometchat\/.*uikit/.test(name)),
  );
  const named = web.sdk
    .mentions()
    .some(({ owner, name }) => owner === 'CometChat' && !SETTING_UP.has(name) && !MISTAKEN.has(name));
  return kits || named;
}

function chatPackages({ project }: Facts): { name: string; span: Span }[] {
  return project.packages.flatMap(({ path, dependencies }) =>
    PACKAGES.filter(
      name => dependencies.has(name) && dependencies.has('@cometchat/calls-sdk-javascript'),
    ).map(name => {
      const start = (project.files.get(path)?.text ?? '').indexOf(`"${name}"`);
      return { name, span: { file: path, start, end: start + name.length + 2 } };
    }),
  );
}
