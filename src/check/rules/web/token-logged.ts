import { ts } from '@ts-morph/common';
import type { Rule } from '../../rule.ts';
import { isConsole } from '../../web/console.ts';
import { walk } from '../../web/nodes.ts';
import type { Origin } from '../../web/origins.ts';
import type { Web } from '../../web/web.ts';

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
    const tokens = findTokens(web);
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

/** By where they come from: which members of it are a token. */
type Tokens = ReadonlyMap<ts.Node, readonly string[]>;

/** What gives a token, and in which member; a member of '' is the value itself. */
const GIVERS = {
  generateToken: 'token',
  getUserAuthToken: '',
  login: 'authToken',
  loginWithAuthToken: 'authToken',
  getLoggedInUser: 'authToken',
};

/** What takes one, and as which argument: whatever it is given is a token already where it comes from. */
const TAKERS = { joinSession: 0, startSession: 0, loginWithAuthToken: 0, generateToken: 1 };

function findTokens(web: Web): Tokens {
  const tokens = new Map<ts.Node, string[]>();
  const add = (node: ts.Node, member: string) => tokens.set(node, [...(tokens.get(node) ?? []), member]);
  for (const [name, member] of Object.entries(GIVERS))
    for (const { node } of web.calls(name)) add(node, member);
  for (const [name, index] of Object.entries(TAKERS))
    for (const { node: call } of web.calls(name)) {
      const given = call.arguments?.[index];
      for (const { node, path } of given ? web.origins(given) : [])
        if (!ts.isLiteralExpression(node)) add(node, path.join('.'));
    }
  return tokens;
}

/** The token, or an object that holds it. */
function isToken({ node, path }: Origin, tokens: Tokens): boolean {
  const shown = path.join('.');
  return (
    tokens.get(node)?.some(member => member === shown || shown === '' || member.startsWith(`${shown}.`)) ??
    false
  );
}
