import type { Rule } from '../../rule.ts';
import type { Call } from '../../web/call-graph.ts';
import type { Lifetime } from '../../web/lifetimes.ts';
import type { Web } from '../../web/web.ts';

const JOINS = ['joinSession', 'startSession'];
const LEAVES = ['leaveSession', 'endSession', 'endSessionForAll'];

export const noLeaveOnUnmount: Rule = {
  id: 'web/no-leave-on-unmount',
  severity: 'error',
  platform: 'web',
  title: 'what joins when it comes does not leave when it goes',
  why: 'Whoever goes to another route stays in the call: camera and microphone stay on, the others go on seeing and hearing, and the next join is a second session.',
  fix: 'Return a clean-up from the effect, or use the component’s own end, and call CometChatCalls.leaveSession() there.',
  bad: `import { useEffect } from 'react';
import { CometChatCalls } from '@cometchat/calls-sdk-javascript';

export function useCall(token: string, box: HTMLElement) {
  useEffect(() => {
    CometChatCalls.joinSession(token, {}, box).then(({ error }) => error && alert(error.message));
  }, [token, box]);
}
`,
  good: `import { useEffect } from 'react';
import { CometChatCalls } from '@cometchat/calls-sdk-javascript';

export function useCall(token: string, box: HTMLElement) {
  useEffect(() => {
    CometChatCalls.joinSession(token, {}, box).then(({ error }) => error && alert(error.message));
    return () => CometChatCalls.leaveSession();
  }, [token, box]);
}
`,
  check({ web }, report) {
    const lifetimes = web.lifetimes();
    const ending = lifetimes.filter(({ ends }) =>
      ends.some(end => web.reaches(end, call => isOneOf(web, call, LEAVES))),
    );
    for (const lifetime of lifetimes) {
      if (ending.some(other => other === lifetime || isBeside(other, lifetime))) continue;
      const join = lifetime.starts
        .flatMap(start => web.callsFrom(start))
        .find(call => isOneOf(web, call, JOINS));
      if (join)
        report(
          join,
          'joined when this comes, and not left when it goes: call leaveSession() in the clean-up',
        );
    }
  },
};

/** Another effect of the same component may be the one that leaves. */
function isBeside(other: Lifetime, { node }: Lifetime): boolean {
  return other.node.getSourceFile() === node.getSourceFile();
}

function isOneOf(web: Web, call: Call, names: readonly string[]): boolean {
  const member = web.sdk.member(call.expression);
  return member?.owner === 'CometChatCalls' && names.includes(member.name);
}
