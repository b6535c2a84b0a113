import type { SocketFact } from '../facts.ts';
import { eachPerson, type Rule } from '../rule.ts';
import { socketToken } from '../vendor.ts';

/** The socket of a session that was left may need this long to close, in milliseconds. */
const PARTING_MS = 1000;

export const secondSession: Rule = {
  id: 'web/second-session',
  severity: 'error',
  fix: 'Leave first, and wait for `onSessionLeft` before joining again',
  find: eachPerson(({ sockets }) => {
    // A screen share of v4 has a second socket, without a token.
    const sessions = sockets.filter(({ url }) => socketToken(url));
    return sessions
      .filter((socket, index) => sessions.slice(0, index).some(first => overlap(first, socket)))
      .map(({ openedAt }) => ({
        t: openedAt,
        words: 'a second session was joined while the first was open',
      }));
  }),
};

function overlap(first: SocketFact, second: SocketFact): boolean {
  const { openedAt, closedAt } = second;
  const until = Math.min(first.closedAt ?? Number.POSITIVE_INFINITY, closedAt ?? Number.POSITIVE_INFINITY);
  return socketToken(first.url) !== socketToken(second.url) && until - openedAt > PARTING_MS;
}
