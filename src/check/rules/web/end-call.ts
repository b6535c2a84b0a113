import type { Rule } from '../../rule.ts';

export const endCall: Rule = {
  id: 'web/end-call',
  severity: 'error',
  platform: 'web',
  modes: ['session'],
  title: 'a session is ended like a call that rang',
  why: 'CometChat.endCall ends a call entity of the chat SDK. A session has none: the request fails, and whoever pressed the button stays in, heard and seen.',
  fix: 'Call `CometChatCalls.leaveSession()`.',
  bad: `import { CometChat } from '@cometchat/chat-sdk-javascript';
import { CometChatCalls } from '@cometchat/calls-sdk-javascript';

export const join = (token: string, box: HTMLElement) => CometChatCalls.joinSession(token, {}, box);
export const hangUp = (sessionId: string) => CometChat.endCall(sessionId);
`,
  good: `import { CometChatCalls } from '@cometchat/calls-sdk-javascript';

export const join = (token: string, box: HTMLElement) => CometChatCalls.joinSession(token, {}, box);
export const hangUp = () => CometChatCalls.leaveSession();
`,
  check({ web, modes }, report) {
    // Where something rings too, this may be that call's end.
    if (modes.has('ringing')) return;
    for (const { node } of web.calls('endCall', 'CometChat'))
      report(
        node,
        'CometChat.endCall is for calls that rang; a session is left by CometChatCalls.leaveSession()',
      );
  },
};
