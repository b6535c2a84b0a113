import { ts } from '@ts-morph/common';
import { nearestName } from '../../nearest-name.ts';
import type { Report, Rule } from '../../rule.ts';
import { nameText } from '../../web/nodes.ts';
import { isKnown, type KNOWN, knownNames } from '../../web/sdk-members.ts';
import type { Web } from '../../web/web.ts';

type Kind = keyof typeof KNOWN;

const WORDS: Readonly<Record<Kind, string>> = {
  member: 'member of CometChatCalls',
  event: 'event of the Calls SDK',
  setting: 'setting of joinSession',
};

export const unknownMember: Rule = {
  id: 'web/unknown-member',
  severity: 'error',
  platform: 'web',
  title: 'a member, event or setting that the Calls SDK does not have',
  why: 'JavaScript says nothing until the line runs: an unknown member throws then, an unknown event never fires, and an unknown setting is ignored. Many such names are in circulation, from other SDKs and from generated code.',
  fix: 'Take the name from the SDK’s closed list; the nearest one is in the message. `startAudioMuted`, not `joinWithMutedAudio`.',
  bad: `import { CometChatCalls } from '@cometchat/calls-sdk-javascript';

export function listen(onOver: () => void) {
  return CometChatCalls.addEventListener('onCallFinished', onOver);
}
`,
  good: `import { CometChatCalls } from '@cometchat/calls-sdk-javascript';

export function listen(onOver: () => void) {
  return CometChatCalls.addEventListener('onConnectionClosed', onOver);
}
`,
  check({ web }, report) {
    for (const { owner, name, node } of web.sdk.mentions())
      if (owner === 'CometChatCalls') judge('member', name, node, report);
    for (const { node } of web.calls('addEventListener')) checkEvent(web, node, report);
    for (const { node } of web.calls('joinSession')) checkSettings(web, node, report);
  },
};

function judge(kind: Kind, name: string, node: ts.Node, report: Report): void {
  if (isKnown(kind, name) || EVERY_OBJECTS.has(name)) return;
  // The name nearest to this one is version 4's, for something else.
  const near = name === 'removeEventListener' ? null : nearestName(name, knownNames(kind));
  report(node, `${name} is no ${WORDS[kind]}${near ? `; did you mean ${near}?` : ''}`);
}

/** What every class has, the SDK's too. */
const EVERY_OBJECTS = new Set([
  'name',
  'length',
  'prototype',
  'toString',
  'bind',
  'call',
  'apply',
  'hasOwnProperty',
]);

function checkEvent(web: Web, call: ts.CallExpression | ts.NewExpression, report: Report): void {
  const [event] = call.arguments ?? [];
  if (!event) return;
  for (const { node, path } of web.origins(event))
    if (path.length === 0 && ts.isStringLiteralLike(node)) judge('event', node.text, node, report);
}

function checkSettings(web: Web, call: ts.CallExpression | ts.NewExpression, report: Report): void {
  const settings = call.arguments?.[1];
  if (!settings) return;
  for (const { node, path } of web.origins(settings)) {
    if (path.length > 0 || !ts.isObjectLiteralExpression(node)) continue;
    for (const { name } of node.properties) {
      const text = nameText(name);
      if (name && text !== null) judge('setting', text, name, report);
    }
  }
}
