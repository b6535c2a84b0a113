import type { Project } from './project/project.ts';
import type { Mode } from './rule.ts';
import type { Web } from './web/web.ts';

/** Members of the chat SDK and its UI kits by which somebody is rung. */
const RINGING = ['initiateCall', 'acceptCall', 'rejectCall', 'addCallListener'];

/** Words of UI kits, which ring by themselves. */
const RINGING_KITS = ['CometChatCallButtons', 'CometChatIncomingCall', 'CometChatOutgoingCall'];

/** How calls begin, in the web part and the Dart part together. Empty where there are none. */
export function findModes({ files }: Project, web: Web): ReadonlySet<Mode> {
  const modes = new Set<Mode>();
  if (web.calls('joinSession').length > 0 || web.calls('startSession').length > 0) modes.add('session');
  if (RINGING.some(name => web.calls(name, 'CometChat').length > 0)) modes.add('ringing');
  for (const { kind, text } of files.values()) {
    if (RINGING_KITS.some(word => text.includes(word))) modes.add('ringing');
    if (kind === 'dart' && text.includes('joinSession')) modes.add('session');
    if (kind === 'dart' && text.includes('initiateCall')) modes.add('ringing');
  }
  return modes;
}
