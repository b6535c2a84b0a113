import type { PersonFacts } from './facts.ts';
import type { Finding } from './finding.ts';
import { type Rule, toFinding } from './rule.ts';
import { missingAuthorize, noAuthorizeRoute } from './rules/authorize.ts';
import { containerSizing } from './rules/container-sizing.ts';
import { insecureContext } from './rules/insecure-context.ts';
import { noLeaveOnUnmount } from './rules/leftovers.ts';
import { secondSession } from './rules/second-session.ts';
import { tokenBeforeLogin } from './rules/token-before-login.ts';
import { tokenCached } from './rules/token-cached.ts';
import { tokenLogged } from './rules/token-logged.ts';
import { tokensOf, withoutTokens } from './tokens.ts';

const RULES: readonly Rule[] = [
  insecureContext,
  tokenBeforeLogin,
  tokenLogged,
  tokenCached,
  containerSizing,
  secondSession,
  noLeaveOnUnmount,
  noAuthorizeRoute,
  missingAuthorize,
];

/** Everything that the rules have to say; the first of each rule and person, the gravest first. No token is in it. Pure. */
export function judge(everybody: readonly PersonFacts[], others: readonly Finding[] = []): Finding[] {
  const found = RULES.flatMap(rule => rule.find(everybody).map(breach => toFinding(rule, breach)));
  const tokens = everybody.flatMap(tokensOf);
  return firstOfEach([...found, ...others].sort((a, b) => a.t - b.t))
    .sort(bySeverity)
    .map(finding => ({ ...finding, message: withoutTokens(finding.message, tokens) }));
}

function firstOfEach(findings: readonly Finding[]): Finding[] {
  const seen = new Map<string, Finding>();
  for (const finding of findings) {
    const key = `${finding.ruleId} ${finding.person}`;
    if (!seen.has(key)) seen.set(key, finding);
  }
  return [...seen.values()];
}

const ORDER = ['error', 'warning', 'info'];

function bySeverity(a: Finding, b: Finding): number {
  return ORDER.indexOf(a.severity) - ORDER.indexOf(b.severity);
}
