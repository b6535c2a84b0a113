import type { PersonFacts, RequestFact } from '../facts.ts';
import { eachPerson, type Rule } from '../rule.ts';
import { sessionOf } from '../tokens.ts';
import { firstTokenRequest, isFile, isVendors } from '../vendor.ts';

/** How a server says that somebody may not come in. */
const DENIALS: readonly (number | null)[] = [401, 403, 404, 410];

export const missingAuthorize: Rule = {
  id: 'web/missing-authorize',
  severity: 'info',
  fix: 'Ask your server first, with the session id, and let it answer 401, 403, 404 or 410',
  find: eachPerson(facts => {
    const token = firstTokenRequest(facts);
    const questions = questionsOf(facts);
    if (!token || !questions || questions.length > 0 || logsInItself(facts)) return [];
    return [{ t: token.t, words: 'the page asked nobody but CometChat whether this person may come in' }];
  }),
};

export const noAuthorizeRoute: Rule = {
  id: 'server/no-authorize-route',
  severity: 'warning',
  fix: 'Answer 404 for a session that nobody made, 410 for one that is over, 403 for somebody who is not invited',
  find: eachPerson(facts => {
    const token = firstTokenRequest(facts);
    const questions = questionsOf(facts) ?? [];
    const refused = questions.some(({ status }) => DENIALS.includes(status));
    if (!facts.invented || !token || token.status !== 200 || questions.length === 0 || refused) return [];
    return [
      { t: token.t, words: 'a session id that nobody had made got a call token; no server refused it' },
    ];
  }),
};

/** With an auth key in the page: that is for development, without a server to ask, and `meet check` speaks of the key. */
function logsInItself({ requests }: PersonFacts): boolean {
  return requests.some(({ url, keyed }) => keyed && isVendors(url));
}

/** What the page asked of others than CometChat about the session before its first token; null where that was not seen. */
function questionsOf(facts: PersonFacts): RequestFact[] | null {
  const token = firstTokenRequest(facts);
  const session = token && sessionOf(token)?.toLowerCase();
  if (!token || !session) return null;
  const before = facts.requests.slice(0, facts.requests.indexOf(token));
  return before.filter(request => isQuestion(request) && mentions(request, session));
}

/** Opening the page asks only where the answer was for this person: a file says the same to everybody. */
function isQuestion({ type, url, personal }: RequestFact): boolean {
  if (isVendors(url)) return false;
  if (type === 'document') return personal;
  return ['fetch', 'xhr'].includes(type) && !isFile(url);
}

function mentions({ url, body }: RequestFact, session: string): boolean {
  return `${url}\n${body}`.toLowerCase().includes(session);
}
