import type { ts } from '@ts-morph/common';
import type { Facts } from '../../facts.ts';
import { nearestManifest } from '../../project/manifests.ts';
import type { Rule } from '../../rule.ts';
import { createOrder } from '../../web/order.ts';
import type { Web } from '../../web/web.ts';

const LOGINS = new Set(['login', 'loginWithAuthToken']);

/** With these somebody may be known to be logged in already, from an earlier visit. */
const KNOWN_USER = new Set(['getLoggedInUser', 'isUserLoggedIn', 'getUserAuthToken', 'addLoginListener']);

export const tokenBeforeLogin: Rule = {
  id: 'web/token-before-login',
  severity: 'error',
  platform: 'web',
  title: 'generateToken runs with nobody logged in',
  why: 'A call token is made for the user who is logged in. With none, generateToken rejects with ERROR_AUTH_TOKEN_MISSING, and nobody gets into a call.',
  fix: `await CometChatCalls.loginWithAuthToken(authToken);
const { token } = await CometChatCalls.generateToken(sessionId);`,
  bad: `import { CometChatCalls } from '@cometchat/calls-sdk-javascript';

export async function getToken(settings: object, sessionId: string) {
  await CometChatCalls.init(settings);
  return CometChatCalls.generateToken(sessionId);
}
`,
  good: `import { CometChatCalls } from '@cometchat/calls-sdk-javascript';

export async function getToken(settings: object, authToken: string, sessionId: string) {
  await CometChatCalls.init(settings);
  await CometChatCalls.loginWithAuthToken(authToken);
  return CometChatCalls.generateToken(sessionId);
}
`,
  check(facts, report) {
    const { web } = facts;
    const tokens = web.calls('generateToken').filter(({ node }) => needsLogin(facts, node));
    if (tokens.length === 0) return;
    const named = web.sdk.mentions().filter(({ name }) => LOGINS.has(name));
    if (named.length === 0 && !othersLogIn(facts))
      for (const { node } of tokens)
        report(node, 'no code logs in to the Calls SDK, so generateToken has no user to make a token for');
    else
      for (const { node } of tokens)
        if (isEarly(web, node)) report(node, 'the login comes after generateToken, which needs it');
  },
};

/** With an auth token of its own, as in v4, it asks for no login. */
function needsLogin({ web, project }: Facts, call: ts.CallExpression | ts.NewExpression): boolean {
  const path = web.program.pathOf(call) ?? '';
  return call.arguments?.length === 1 && project.sdkMajor(path) !== 4 && !web.isServer(call);
}

/** UI kits log in by themselves. */
function othersLogIn({ project, web }: Facts): boolean {
  const isKit = (name: string) => name.startsWith('@cometchat/') && name.includes('kit');
  return [...web.sources.keys()].some(path =>
    [...(nearestManifest(project.packages, path)?.dependencies.keys() ?? [])].some(isKit),
  );
}

/** All logins that we know of run after it, in the same run. */
function isEarly(web: Web, token: ts.Node): boolean {
  const logins = web.sdk.all().filter(({ name }) => LOGINS.has(name));
  const isSure = !web.sdk.mentions().some(({ name }) => KNOWN_USER.has(name));
  const order = createOrder(web.graph);
  return isSure && logins.length > 0 && logins.every(({ node }) => order.isAfter(node, token));
}
