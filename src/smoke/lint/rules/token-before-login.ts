import type { RequestFact } from '../facts.ts';
import { NO_AUTH_TOKEN } from '../page-news.ts';
import { eachPerson, type Rule } from '../rule.ts';
import { asksForToken } from '../vendor.ts';

export const tokenBeforeLogin: Rule = {
  id: 'web/token-before-login',
  severity: 'error',
  fix: 'Await `loginWithAuthToken` first (SDK v4: pass the auth token to `generateToken`)',
  find: eachPerson(({ requests, said }) => [
    ...requests
      .filter(request => asksForToken(request) && lacksLogin(request))
      .map(({ t }) => ({ t, words: 'a call token was asked for without an auth token' })),
    ...said
      .filter(({ words }) => REFUSALS.some(refusal => words.includes(refusal)))
      .map(({ t }) => ({ t, words: 'the SDK made no call token, since it had no auth token' })),
  ]),
};

/** Of v5, and of v4 when it is given nothing at all; neither asks CometChat then. */
const REFUSALS = ['ERROR_AUTH_TOKEN_MISSING', NO_AUTH_TOKEN];

/** v4 sends what it is given, the word `undefined` too. */
function lacksLogin({ authToken }: RequestFact): boolean {
  return authToken === null || ['', 'undefined', 'null'].includes(authToken);
}
