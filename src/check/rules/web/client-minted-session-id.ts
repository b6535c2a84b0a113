import { ts } from '@ts-morph/common';
import type { Facts } from '../../facts.ts';
import type { Rule } from '../../rule.ts';
import { mintersOf } from '../../web/minters.ts';
import { nextModules } from '../../web/next.ts';
import { walk } from '../../web/nodes.ts';
import type { Web } from '../../web/web.ts';

export const clientMintedSessionId: Rule = {
  id: 'web/client-minted-session-id',
  severity: 'error',
  platform: 'web',
  title: 'the browser invents the session id',
  why: 'A session that no server knows of has no expiry and no list of who may come: whoever has the link is in, for ever, and nobody can close it. `Math.random` and the time of day can be guessed besides.',
  fix: `const { sessionId } = await (await fetch('/api/meetings', { method: 'POST' })).json();`,
  bad: `import { CometChatCalls } from '@cometchat/calls-sdk-javascript';

export function startMeeting() {
  const sessionId = crypto.randomUUID();
  return CometChatCalls.generateToken(sessionId);
}
`,
  good: `import { CometChatCalls } from '@cometchat/calls-sdk-javascript';

export async function startMeeting() {
  const response = await fetch('/api/meetings', { method: 'POST' });
  const { sessionId } = await response.json();
  return CometChatCalls.generateToken(sessionId);
}
`,
  check({ project, web }, report) {
    const calls = web.calls('generateToken').filter(({ node }) => !web.isServer(node));
    if (calls.length === 0) return;
    const runsInBrowser = browserCode({ project, web });
    const ids = [...calls.flatMap(({ node }) => node.arguments?.[0] ?? []), ...idsOfLinks(web)];
    for (const id of ids)
      for (const minter of mintersOf(web, id))
        if (runsInBrowser(minter))
          report(minter, 'the session id is made up here, in the browser; the server has to give it');
  },
};

function browserCode(facts: Pick<Facts, 'project' | 'web'>): (node: ts.Node) => boolean {
  const { serverOnly } = nextModules(facts);
  return node => !facts.web.isServer(node) && !serverOnly.has(facts.web.program.pathOf(node) ?? '');
}

const MEETING_PATH = /\/(?:meet|meetings?|rooms?|calls?|join|sessions?)\/$/;

/** What is put into `/meet/…`: the page behind the link takes its session id from there. */
function idsOfLinks({ sources }: Web): ts.Expression[] {
  return [...sources.values()].flatMap(source => walk(source).flatMap(idsOfLink));
}

function idsOfLink(node: ts.Node): ts.Expression[] {
  if (ts.isTemplateExpression(node))
    return node.templateSpans.flatMap(({ expression }, index) => {
      const before = index === 0 ? node.head.text : (node.templateSpans[index - 1]?.literal.text ?? '');
      return MEETING_PATH.test(before) ? [expression] : [];
    });
  const isSum = ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.PlusToken;
  return isSum && ts.isStringLiteral(node.left) && MEETING_PATH.test(node.left.text) ? [node.right] : [];
}
