import { ts } from '@ts-morph/common';
import type { Rule } from '../../rule.ts';
import { nameText, strip } from '../../web/nodes.ts';
import type { Web } from '../../web/web.ts';

/** What the SDK takes anyway. */
const DEFAULTS: Readonly<Record<string, string | boolean>> = {
  sessionType: 'VIDEO',
  layout: 'TILE',
  startAudioMuted: false,
  startVideoPaused: false,
  isPeerCall: false,
  autoStartRecording: false,
  autoStartTranscription: false,
};

export const explicitSettings: Rule = {
  id: 'web/explicit-settings',
  severity: 'info',
  platform: 'web',
  title: 'settings that only say what the SDK does anyway',
  why: 'Some combinations of explicit settings have shown black tiles with some versions; `{}` is what the vendor’s own sample runs with.',
  fix: 'Leave them out: `CometChatCalls.joinSession(token, {}, container)`.',
  bad: `import { CometChatCalls } from '@cometchat/calls-sdk-javascript';

export async function join(token: string, box: HTMLElement) {
  const { error } = await CometChatCalls.joinSession(token, { sessionType: 'VIDEO', layout: 'TILE' }, box);
  if (error) throw error;
}
`,
  good: `import { CometChatCalls } from '@cometchat/calls-sdk-javascript';

export async function join(token: string, box: HTMLElement) {
  const { error } = await CometChatCalls.joinSession(token, {}, box);
  if (error) throw error;
}
`,
  check({ web }, report) {
    for (const { node } of web.calls('joinSession')) {
      const settings = node.arguments?.[1];
      for (const { node: leaf, path } of settings ? web.origins(settings) : []) {
        if (path.length > 0 || !ts.isObjectLiteralExpression(leaf)) continue;
        const idle = leaf.properties.filter(property => isDefault(web, property));
        const names = idle.map(({ name }) => nameText(name)).join(', ');
        const [first] = idle;
        const file = web.program.pathOf(leaf);
        // An object with a name may be read elsewhere, too.
        const own = settings !== undefined && strip(settings) === leaf;
        const all = own && idle.length === leaf.properties.length && file !== null;
        const fix = all ? { fix: [{ file, start: leaf.getStart(), end: leaf.getEnd(), text: '{}' }] } : {};
        if (first) report(first, `${names}: what the SDK does without being told; leave it out`, fix);
      }
    }
  },
};

function isDefault(web: Web, property: ts.ObjectLiteralElementLike): boolean {
  const wanted = DEFAULTS[nameText(property.name) ?? ''];
  if (wanted === undefined || !ts.isPropertyAssignment(property)) return false;
  const value = strip(property.initializer);
  if (value.kind === ts.SyntaxKind.FalseKeyword) return wanted === false;
  if (ts.isStringLiteralLike(value)) return value.text.toUpperCase() === wanted;
  // `CometChatCalls.constants.LAYOUT.TILE`
  return (
    ts.isPropertyAccessExpression(value) &&
    value.name.text === wanted &&
    web.sdk.member(value)?.name === 'constants'
  );
}
