import type { Rule } from '../../rule.ts';
import { keptTokens } from '../../web/kept-tokens.ts';
import { walk } from '../../web/nodes.ts';
import { exitOf } from '../../web/token-exits.ts';
import { findTokens, isToken } from '../../web/tokens.ts';

const MESSAGES = {
  storage: 'a call token is kept in the browser’s storage: make a fresh one for each join',
  address: 'a call token stands in an address, where histories, logs and other sites can read it',
  others: 'a call token is handed on: it is one person’s, and everybody makes their own',
};

export const tokenCached: Rule = {
  id: 'web/token-cached',
  severity: 'error',
  platform: 'web',
  title: 'a call token is kept and used again, or leaves the page',
  why: 'A call token is one person’s, for one session, and lives about five minutes. A kept one fails when somebody comes back after a break; one in an address or in a message lets others in under that person’s name.',
  fix: `const { token } = await CometChatCalls.generateToken(sessionId); // each time, right before joinSession`,
  bad: `import { CometChatCalls } from '@cometchat/calls-sdk-javascript';

export async function callToken(sessionId: string) {
  const { token } = await CometChatCalls.generateToken(sessionId);
  localStorage.setItem('call-token', token);
  return token;
}
`,
  good: `import { CometChatCalls } from '@cometchat/calls-sdk-javascript';

export async function callToken(sessionId: string) {
  const { token } = await CometChatCalls.generateToken(sessionId);
  localStorage.setItem('last-session', sessionId);
  return token;
}
`,
  check({ web }, report) {
    const tokens = findTokens(web, {
      givers: { generateToken: 'token' },
      takers: { joinSession: 0, startSession: 0 },
    });
    if (tokens.size === 0) return;
    for (const source of web.sources.values()) {
      if (web.isServer(source)) continue;
      for (const node of walk(source)) {
        const exit = exitOf(web, node);
        const given = exit?.values.find(value =>
          web.originsWithin(value).some(each => isToken(each, tokens)),
        );
        if (exit && given) report(given, MESSAGES[exit.to]);
      }
    }
    for (const place of keptTokens(web, tokens))
      report(place, 'a call token is kept here and used for a later join: make a fresh one each time');
  },
};
