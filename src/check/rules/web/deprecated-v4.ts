import { ts } from '@ts-morph/common';
import type { Edit, Rule } from '../../rule.ts';
import { KNOWN } from '../../web/sdk-members.ts';
import type { Web } from '../../web/web.ts';

/** What v5 calls it. */
const NAMES: Readonly<Record<string, string>> = {
  startSession: 'joinSession(token, settings, container)',
  endSession: 'leaveSession()',
  setMode: 'setLayout(layout)',
  CallAppSettingsBuilder: 'a plain object for init',
  CallSettingsBuilder: 'a plain object of settings, mostly {}',
  OngoingCallListener: 'addEventListener(name, listener)',
  addCallEventListener: 'addEventListener(name, listener)',
  removeCallEventListener: 'the function that addEventListener returns',
  unMuteAudio: 'unmuteAudio()',
  unPauseVideo: 'resumeVideo()',
  startScreenShare: 'startScreenSharing()',
  stopScreenShare: 'stopScreenSharing()',
  openVirtualBackground: 'showVirtualBackgroundDialog()',
  closeVirtualBackground: 'hideVirtualBackgroundDialog()',
  setBackgroundBlur: 'setVirtualBackgroundBlurLevel(level)',
  setBackgroundImage: 'setVirtualBackgroundImage(url)',
  onCallEnded: 'onSessionLeft',
  onCallEndButtonPressed: 'onLeaveSessionButtonClicked',
  onUserJoined: 'onParticipantJoined',
  onUserLeft: 'onParticipantLeft',
  onUserListUpdated: 'onParticipantListChanged',
  onSessionTimeout: 'onSessionTimedOut',
  onUserMuted: 'onParticipantAudioMuted',
  onUserUnMuted: 'onParticipantAudioUnmuted',
};

/** Another name, and nothing else. */
const RENAMED = new Set(['endSession', 'unMuteAudio', 'unPauseVideo', 'startScreenShare', 'stopScreenShare']);

export const deprecatedV4: Rule = {
  id: 'web/deprecated-v4',
  severity: 'error',
  platform: 'web',
  title: 'a name of version 4, with version 5 installed',
  why: 'v5 keeps them as aliases that do less: builders are ignored in part, listeners hear only some of the events, and the next version has none of them.',
  fix: 'The name of version 5; the message has it.',
  bad: {
    'package.json': '{ "dependencies": { "@cometchat/calls-sdk-javascript": "^5.0.7" } }',
    'src/leave.ts': `import { CometChatCalls } from '@cometchat/calls-sdk-javascript';

export const leave = () => CometChatCalls.endSession();
`,
  },
  good: {
    'package.json': '{ "dependencies": { "@cometchat/calls-sdk-javascript": "^5.0.7" } }',
    'src/leave.ts': `import { CometChatCalls } from '@cometchat/calls-sdk-javascript';

export const leave = () => CometChatCalls.leaveSession();
`,
  },
  check({ web, project }, report) {
    const isV5 = (node: ts.Node) => project.sdkMajor(web.program.pathOf(node) ?? '') === 5;
    for (const { owner, name, node } of web.sdk.mentions())
      if (owner === 'CometChatCalls' && isOld('member', name) && isV5(node)) {
        const fix = fixOf(name, node, web);
        report(node, words(name), { ...(fix && { fix }) });
      }
    for (const { node } of web.calls('addEventListener')) {
      const [event] = node.arguments ?? [];
      for (const { node: leaf } of event ? web.origins(event) : [])
        if (ts.isStringLiteralLike(leaf) && isOld('event', leaf.text) && isV5(leaf))
          report(leaf, words(leaf.text));
    }
  },
};

function isOld(kind: 'member' | 'event', name: string): boolean {
  return KNOWN[kind][4].has(name) && !KNOWN[kind][5].has(name);
}

function words(name: string): string {
  const now = NAMES[name];
  return `${name} is version 4’s${now ? `; version 5 has ${now}` : ', and version 5 has nothing like it'}`;
}

/** Only where the new one takes and does the same. */
function fixOf(name: string, node: ts.Node, { program }: Web): Edit[] | null {
  const file = program.pathOf(node);
  const now = NAMES[name]?.replace('()', '');
  if (!file || !now || !RENAMED.has(name) || !ts.isIdentifier(node)) return null;
  const text = ts.isPropertyAccessExpression(node.parent) ? now : inPattern(node, now);
  return text === null ? null : [{ file, start: node.getStart(), end: node.getEnd(), text }];
}

/** `const { endSession } = …` and `const { endSession: leave } = …`; the project's own name for it stays. */
function inPattern(node: ts.Identifier, now: string): string | null {
  const { parent } = node;
  if (!ts.isBindingElement(parent)) return null;
  if (parent.propertyName === node) return now;
  return parent.name === node && !parent.propertyName ? `${now}: ${node.text}` : null;
}
