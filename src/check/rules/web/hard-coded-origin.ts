import { ts } from '@ts-morph/common';
import type { Facts } from '../../facts.ts';
import { templateExpression } from '../../markup/template-code.ts';
import type { Rule } from '../../rule.ts';
import { type Link, linkOf } from '../../web/links.ts';
import { walk } from '../../web/nodes.ts';
import { isRequest } from '../../web/requests.ts';
import type { Web } from '../../web/web.ts';

const MESSAGE = 'the link’s host stands in the code: on any other host it leads away from this app';

export const hardCodedOrigin: Rule = {
  id: 'web/hard-coded-origin',
  severity: 'error',
  platform: 'web',
  title: 'a meeting link is built on a host that stands in the code',
  why: 'On the staging host, on a preview and after a move the link leads to another installation, where the meeting does not exist. People find out when the meeting begins.',
  fix: `\`\${location.origin}/meet/\${sessionId}\` // or the url that your server gives, or one from configuration`,
  bad: `import { CometChatCalls } from '@cometchat/calls-sdk-javascript';

export const tokenFor = (sessionId: string) => CometChatCalls.generateToken(sessionId);
export const copyLink = (sessionId: string) =>
  navigator.clipboard.writeText(\`https://yourapp.com/meet/\${sessionId}\`);
`,
  good: `import { CometChatCalls } from '@cometchat/calls-sdk-javascript';

export const tokenFor = (sessionId: string) => CometChatCalls.generateToken(sessionId);
export const copyLink = (sessionId: string) =>
  navigator.clipboard.writeText(\`\${location.origin}/meet/\${sessionId}\`);
`,
  check(facts, report) {
    const { web } = facts;
    for (const source of web.sources.values())
      for (const node of walk(source)) {
        const link = linkOf(node);
        if (link && isMeetingLink(link) && !isAsked(web, node))
          for (const host of hostsOf(web, link)) report(host, MESSAGE);
      }
    for (const place of linksInTemplates(facts)) report(place, MESSAGE);
  },
};

const MEETING_PATH = /\/(?:meet|meetings?|rooms?|calls?|join|sessions?)(?:\/|[/?#].*[=/])$/i;
const MEETING_QUERY = /[?&#](?:session|session_?id|meeting|meeting_?id|room|room_?id)=$/i;
const OTHERS_API = /^https?:\/\/(?:api\.|[^/]*cometchat)|\/(?:api|graphql|v\d+(?:\.\d+)?)\//;

/** Somebody's id after `/meet/` or its like; paths of an API are no links. */
function isMeetingLink({ before }: Link): boolean {
  return (
    before.some(text => MEETING_PATH.test(text) || MEETING_QUERY.test(text)) &&
    !before.some(text => OTHERS_API.test(text))
  );
}

/** Whether it is given to something that asks a server, rather than to people. */
function isAsked(web: Web, node: ts.Node): boolean {
  return (
    ts.isExpression(node) &&
    web.uses(node).some(({ kind, call }) => kind === 'argument' && call !== undefined && isRequest(call))
  );
}

const CONFIGURATION =
  /(?:^|[/.-])(?:config|configuration|env|environment|environments|settings|constants?)(?:[/.-]|$)/i;

/** The literals that say the host; none where it may come from elsewhere, or stands in a file of configuration. */
function hostsOf(web: Web, { host }: Link): ts.Node[] {
  if (ts.isTemplateHead(host)) return isHost(host.text) ? [host] : [];
  const found = ts.isExpression(host) ? web.origins(host) : [];
  const isFixed = found.every(
    ({ node, path }) => path.length === 0 && ts.isStringLiteralLike(node) && isHost(node.text),
  );
  const isConfigured = found.some(({ node }) => CONFIGURATION.test(web.program.pathOf(node) ?? ''));
  return isFixed && !isConfigured ? found.map(({ node }) => node) : [];
}

/** Of another site than one's own: those of the vendor and of APIs are no links to people. */
function isHost(text: string): boolean {
  return /^https?:\/\/[^/]/.test(text) && !OTHERS_API.test(text);
}

/** `:href="`https://…/meet/${id}`"`: of what a template's names mean nothing is known, so the host has to stand in it. */
function linksInTemplates({ markup }: Facts) {
  return markup.elements().flatMap(({ file, attributes, node }) =>
    attributes
      .filter(({ name }) => !node && LINKS.has(name))
      .filter(({ code }) => hasLink(code))
      .map(({ start, end }) => ({ file, start, end })),
  );
}

function hasLink(code: string | null): boolean {
  const expression = code === null ? null : templateExpression(code);
  return expression !== null && walk(expression).some(isLiteralLink);
}

const LINKS = new Set(['href', 'to', 'value']);

function isLiteralLink(node: ts.Node): boolean {
  const link = linkOf(node);
  if (!link || !isMeetingLink(link)) return false;
  const { host } = link;
  return (ts.isTemplateHead(host) || ts.isStringLiteralLike(host)) && isHost(host.text);
}
