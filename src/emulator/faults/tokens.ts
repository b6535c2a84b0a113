import type { Tokens } from '../rest/tokens.ts';
import type { Book } from './book.ts';

/** Tokens that the faults let expire. `stale` issues tokens that are expired already, and stay so. */
export function createFaultyTokens(book: Book, tokens: Tokens, stale: Tokens): Tokens {
  const isExpired = (which: 'call' | 'auth', person: { uid: string; sessionId?: string }) =>
    book.find('tokens', person).some(fault => fault.which === which);

  return {
    ...tokens,
    issueAuth: user => (isExpired('auth', user) ? stale : tokens).issueAuth(user),
    async readAuth(token) {
      const user = await tokens.readAuth(token);
      return user && isExpired('auth', user) ? null : user;
    },
    issueCall: (user, sessionId, authHash) =>
      (isExpired('call', { uid: user.uid, sessionId }) ? stale : tokens).issueCall(user, sessionId, authHash),
    async readCall(token) {
      const call = await tokens.readCall(token);
      if (!call) return null;
      const { sessionId, user } = call.claims;
      return { ...call, expired: call.expired || isExpired('call', { uid: user.uid, sessionId }) };
    },
  };
}
