import { ts } from '@ts-morph/common';
import type { Rule } from '../../rule.ts';
import { isConsole } from '../../web/console.ts';
import { walk } from '../../web/nodes.ts';
import { findTokens, isToken } from '../../web/tokens.ts';

export const tokenLogged: Rule = {
  id: 'web/token-logged',
  severity: 'error',
  platform: 'web',
  title: 'a call token or an auth token is written to the console',
  why: 'Whoever has the token is that person, in that call or in the whole app. Consoles are read by browser extensions, error trackers and whoever is asked for a screenshot.',
  fix: 'Log what happened, not with what: `console.log("joining", sessionId)`. Nor an object that holds the token, such as the result of generateToken or the logged-in user.',
  bad: `import { CometChatCalls } from '@cometchat/calls-sdk-javascript';

export async function getToken(sessionId: string) {
  const result = await CometChatCalls.generateToken(sessionId);
  console.log('got a token', result);
  return result.token;
}
`,
  good: `import { CometChatCalls } from '@cometchat/calls-sdk-javascript';

export async function getToken(sessionId: string) {
  const result = await CometChatCalls.generateToken(sessionId);
  console.log('got a token for', sessionId);
  return result.token;
}
`,
  check({ web }, report) {
    const tokens = findTokens(web, { givers, takers });
    if (tokens.size === 0) return;
    for (const source of web.sources.values())
      for (const node of walk(source)) {
        if (!ts.isCallExpression(node) || !isConsole(web, node)) continue;
        const shown = node.arguments.find(each =>
          web.originsWithin(each).some(origin => isToken(origin, tokens)),
        );
        if (shown) report(shown, 'a token is written to the console, where others can read it');
      }
  },
};

/** What gives a token, and in which member; a member of '' is the value itself. */
const givers = {
  generateToken: 'token',
  getUserAuthToken: '',
  login: 'authToken',
  loginWithAuthToken: 'authToken',
  getLoggedInUser: 'authToken',
};

/** What takes one, and as which argument: whatever it is given is a token already where it comes from. */
const takers = { joinSession: 0, startSession: 0, loginWithAuthToken: 0, generateToken: 1 };
