import type { PersonFacts } from '../facts.ts';
import { type Breach, eachPerson, type Rule } from '../rule.ts';
import { type SeenToken, tokenIn, tokensOf } from '../tokens.ts';
import { isOwn, isVendors, joins } from '../vendor.ts';

export const tokenCached: Rule = {
  id: 'web/token-cached',
  severity: 'error',
  fix: 'Make a call token for each join, hand it straight to the SDK, and let go of it',
  find: everybody => [
    ...joinedTwice(everybody),
    ...shared(everybody),
    ...kept(everybody),
    ...inAddress(everybody),
    ...sentAway(everybody),
  ],
};

const joinedTwice = eachPerson(facts => {
  const entered = new Set<string | null>();
  return facts.requests.filter(joins).flatMap(({ t, callToken, status }) => {
    const again = entered.has(callToken);
    // Whoever was refused, or had no answer, may try again with the same.
    if (status === 200) entered.add(callToken);
    return again ? [{ t, words: 'one call token was used for two joins' }] : [];
  });
});

/** Only call tokens: a link that is the same for everybody makes them one user, with one auth token. */
function shared(everybody: readonly PersonFacts[]): Breach[] {
  return everybody.flatMap((facts, index) =>
    everybody.slice(0, index).flatMap(other => {
      const theirs = callTokensOf(other);
      const token = callTokensOf(facts).find(({ value }) => theirs.some(known => known.value === value));
      const t = facts.requests.find(({ callToken }) => callToken === token?.value)?.t ?? 0;
      const words = `one call token was used by two people, ${other.person} and ${facts.person}`;
      return token && other.person !== facts.person ? [{ person: facts.person, t, words }] : [];
    }),
  );
}

/**
 * SDK v5 keeps its auth token in `<appId>:common_store/user` by itself, so only call tokens count here; no SDK
 * keeps those.
 */
const kept = eachPerson(facts => {
  const used = callTokensOf(facts);
  return facts.storages
    .filter(({ key, value }) => tokenIn(`${key}\n${value}`, used))
    .map(({ t, area, key }) => ({
      t,
      words: `a call token stayed in ${area} as '${key}' after it was used`,
    }));
});

function callTokensOf(facts: PersonFacts): SeenToken[] {
  return tokensOf(facts).filter(({ kind }) => kind === 'call token');
}

const inAddress = eachPerson(facts => {
  const tokens = tokensOf(facts);
  return facts.places.flatMap(({ t, url }) => {
    const token = isVendors(url) ? undefined : tokenIn(url, tokens);
    return token ? [{ t, words: `the page's ${token.kind} stood in its address` }] : [];
  });
});

/** CometChat must have it, and the page's own server may have made it. */
const sentAway = eachPerson(facts => {
  const tokens = tokensOf(facts);
  return facts.requests.flatMap(({ t, url, body, from }) => {
    const token = isVendors(url) || isOwn(url, from) ? undefined : tokenIn(`${url}\n${body}`, tokens);
    return token ? [{ t, words: `the page's ${token.kind} was sent to ${new URL(url).host}` }] : [];
  });
});
