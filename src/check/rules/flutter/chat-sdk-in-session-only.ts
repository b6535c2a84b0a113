import { nameChain } from '../../dart/tree.ts';
import type { FlutterApp } from '../../flutter/flutter-app.ts';
import { dart, type FlutterRule } from './flutter-rule.ts';

const CHAT = ['cometchat_chat_sdk', 'cometchat_sdk'];
/** What one does with the chat SDK only because one believes that calls need it. */
const SETTING_UP = new Set(['init()', 'login()', 'loginWithAuthToken()', 'logout()', 'getLoggedInUser()']);

export const chatSdkInSessionOnly: FlutterRule = {
  id: 'flutter/chat-sdk-in-session-only',
  severity: 'error',
  title: 'the chat SDK is set up, and only sessions are used',
  why: 'Its set-up takes time, and brings two more ways to fail, for nothing.',
  fix: 'Take the chat SDK and its `init` and `login` out: `cometchat_calls_sdk` logs in by itself.',
  bad: {
    ...dart(`void join() {
  CometChat.login(uid, authKey);
  CometChatCalls.joinSession(sessionId: id, sessionSettings: settings, onSuccess: show, onError: fail);
}`),
    'pubspec.yaml': 'name: app\ndependencies:\n  cometchat_calls_sdk: ^5.0.0\n  cometchat_chat_sdk: ^4.0.0\n',
  },
  good: {
    ...dart(`void join() {
  CometChatCalls.joinSession(sessionId: id, sessionSettings: settings, onSuccess: show, onError: fail);
}`),
    'pubspec.yaml': 'name: app\ndependencies:\n  cometchat_calls_sdk: ^5.0.0\n',
  },
  check(app, report) {
    if (app.mode !== 'session' || chats(app)) return;
    const { pubspec } = app;
    for (const name of CHAT) {
      const dependency = pubspec?.content.dependencies.get(name);
      if (pubspec && dependency)
        report(
          { path: pubspec.path, start: dependency.start },
          `${name} is there, and only sessions are used: cometchat_calls_sdk alone will do`,
        );
    }
    for (const call of app.calls) {
      const [owner, member] = nameChain(call) ?? [];
      if (owner === 'CometChat' && SETTING_UP.has(member ?? ''))
        report(call, `CometChat.${member} sets up the chat SDK, which a session does not need`);
    }
  },
};

/** Whether the app does anything with the chat SDK besides setting it up. */
function chats({ calls, pubspec }: FlutterApp): boolean {
  const kits = [...(pubspec?.content.dependencies.keys() ?? [])].some(name =>
    /^cometchat_(chat_)?ui_?kit/.test(name),
  );
  return (
    kits ||
    calls.some(call => {
      const [owner, member] = nameChain(call) ?? [];
      return owner === 'CometChat' && member !== undefined && !SETTING_UP.has(member);
    })
  );
}
