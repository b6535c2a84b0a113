import { ts } from '@ts-morph/common';
import type { Facts } from '../../facts.ts';
import type { Report, Rule } from '../../rule.ts';
import { type BuildVariable, buildVariableOf, isDevelopmentOnly } from '../../web/build-variables.ts';
import { nextModules } from '../../web/next.ts';
import { calleeName, nameText, walk } from '../../web/nodes.ts';
import type { Origin } from '../../web/origins.ts';
import type { Web } from '../../web/web.ts';

export const authKeyInClient: Rule = {
  id: 'web/auth-key-in-client',
  severity: 'error',
  platform: 'web',
  title: 'the auth key is in code that browsers get',
  why: 'Whoever has the auth key logs in as anybody, your administrators too, and everybody who opens the page has it. A variable that the build writes into the page is no better hidden: it is a warning as long as it may be one for development.',
  fix: `const { authToken } = await (await fetch('/api/cometchat-token', { method: 'POST' })).json(); // your server's, for who is signed in
await CometChatCalls.loginWithAuthToken(authToken);`,
  bad: `import { CometChatCalls } from '@cometchat/calls-sdk-javascript';

export async function start(uid: string) {
  await CometChatCalls.init({ appId: 'app', region: 'eu', authKey: '9f3c1d' });
  await CometChatCalls.login(uid);
}
`,
  good: `import { CometChatCalls } from '@cometchat/calls-sdk-javascript';

export async function start() {
  await CometChatCalls.init({ appId: 'app', region: 'eu' });
  const response = await fetch('/api/cometchat-token', { method: 'POST' });
  const { authToken } = await response.json();
  await CometChatCalls.loginWithAuthToken(authToken);
}
`,
  check(facts, report) {
    const { web } = facts;
    const { serverOnly } = nextModules(facts);
    const isServer = (node: ts.Node) => web.isServer(node) || serverOnly.has(web.program.pathOf(node) ?? '');
    for (const { use, origins } of keysIn(web))
      if (!isServer(use))
        for (const origin of origins) if (!isServer(origin.node)) judge(facts, use, origin, report);
  },
};

interface Key {
  /** Where the key is given away. */
  readonly use: ts.Expression;
  readonly origins: readonly Origin[];
}

function keysIn(web: Web): Key[] {
  const given = (use: ts.Expression | undefined, path: readonly string[] = []): Key[] =>
    use ? [{ use, origins: web.origins(use, path) }] : [];
  return [
    ...web.calls('init').flatMap(({ node }) => given(node.arguments?.[0], ['authKey'])),
    ...web
      .calls('initFromSettings')
      .flatMap(({ node }) => given(node.arguments?.[0], ['credentials', 'authKey'])),
    ...web.calls('login').flatMap(({ node }) => given(node.arguments?.[1])),
    ...web.calls('login', 'CometChat').flatMap(({ node }) => given(node.arguments?.[1])),
    ...[...web.sources.values()].flatMap(walk).flatMap(node => given(keyByHand(node))),
  ];
}

/** The UI kits' `setAuthKey(key)`, and the header of the REST call that makes auth tokens. */
function keyByHand(node: ts.Node): ts.Expression | undefined {
  if (ts.isCallExpression(node) && calleeName(node) === 'setAuthKey') return node.arguments[0];
  const isHeader = ts.isPropertyAssignment(node) && nameText(node.name)?.toLowerCase() === 'apikey';
  return isHeader && asksForTokens(node) ? node.initializer : undefined;
}

/** Whether it stands in a call that names CometChat's REST path for auth tokens. */
function asksForTokens(header: ts.Node): boolean {
  for (let node = header.parent; node; node = node.parent)
    if (ts.isCallExpression(node))
      return walk(node).some(
        each =>
          (ts.isStringLiteralLike(each) ||
            ts.isTemplateHead(each) ||
            ts.isTemplateMiddleOrTemplateTail(each)) &&
          each.text.includes('/auth_tokens'),
      );
  return false;
}

function judge({ web }: Facts, use: ts.Expression, origin: Origin, report: Report): void {
  const { node, path } = origin;
  if (isDevelopmentOnly(use) || isDevelopmentOnly(node)) return;
  if (ts.isStringLiteralLike(node) && path.length === 0 && node.text !== '')
    report(node, 'the auth key stands in code that browsers get: with it anybody logs in as anybody');
  const variable = buildVariableOf(origin);
  if (variable) reportVariable(web, variable, use, report);
}

function reportVariable(web: Web, variable: BuildVariable, use: ts.Expression, report: Report): void {
  const [named] = [...web.sources.values()]
    .flatMap(walk)
    .filter(each => ts.isIdentifier(each) && each.text === variable.name);
  report(named ?? use, `${variable.name} is written into the page by the build, and is the auth key`, {
    severity: 'warning',
  });
}
