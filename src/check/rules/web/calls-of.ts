import type { Call } from '../../web/call-graph.ts';
import type { Web } from '../../web/web.ts';

export const JOINS = ['joinSession', 'startSession'];
export const LEAVES = ['leaveSession', 'endSession', 'endSessionForAll'];

/** Whether a call is one of these members of the Calls SDK. */
export function callsOneOf(web: Web, { expression }: Call, names: readonly string[]): boolean {
  const member = web.sdk.member(expression);
  return member?.owner === 'CometChatCalls' && names.includes(member.name);
}
