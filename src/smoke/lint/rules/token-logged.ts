import { eachPerson, type Rule } from '../rule.ts';
import { tokenIn, tokensOf } from '../tokens.ts';

export const tokenLogged: Rule = {
  id: 'web/token-logged',
  severity: 'error',
  fix: 'Never log it, nor an object that holds it: whoever reads the console or its logs joins in that name',
  find: eachPerson(facts => {
    const tokens = tokensOf(facts);
    // v4 writes the address of its own socket, token and all, when nobody opens; no page can keep it from doing so.
    const own = facts.said.filter(({ words }) => !words.includes('/xmpp-websocket'));
    return own.flatMap(({ t, words }) => {
      const token = tokenIn(words, tokens);
      return token ? [{ t, words: `the page's ${token.kind} was written to the console` }] : [];
    });
  }),
};
