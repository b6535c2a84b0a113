import type { Rule } from '../../rule.ts';
import { createServerQuestions } from '../../web/server-questions.ts';

export const missingAuthorize: Rule = {
  id: 'web/missing-authorize',
  severity: 'info',
  platform: 'web',
  modes: ['session'],
  title: 'the server is not asked before a call token is made',
  why: 'generateToken works for every session id that somebody types. Only your server knows whether the meeting exists, whether it is over, and who may come.',
  fix: `const answer = await fetch(\`/api/meetings/\${sessionId}/authorize\`, { method: 'POST' });
if (!answer.ok) return showRefusal(answer.status); // 404, 410, 403
const { token } = await CometChatCalls.generateToken(sessionId);`,
  bad: `import { CometChatCalls } from '@cometchat/calls-sdk-javascript';

export async function join(sessionId: string, container: HTMLElement) {
  const { token } = await CometChatCalls.generateToken(sessionId);
  const { error } = await CometChatCalls.joinSession(token, {}, container);
  if (error) throw error;
}
`,
  good: `import { CometChatCalls } from '@cometchat/calls-sdk-javascript';

export async function join(sessionId: string, container: HTMLElement) {
  const answer = await fetch(\`/api/meetings/\${sessionId}/authorize\`, { method: 'POST' });
  if (!answer.ok) throw new Error('You may not join');
  const { token } = await CometChatCalls.generateToken(sessionId);
  const { error } = await CometChatCalls.joinSession(token, {}, container);
  if (error) throw error;
}
`,
  check({ web }, report) {
    const calls = web.calls('generateToken').filter(({ node }) => !web.isServer(node));
    if (calls.length === 0) return;
    const questions = createServerQuestions(web);
    for (const { node } of calls)
      if (!questions.precede(node))
        report(node, 'nothing asks the server about this session before its call token is made');
  },
};
