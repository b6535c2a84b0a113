import type { PersonFacts } from './facts.ts';
import type { Finding, Severity } from './finding.ts';

/** A rule of integration-rules.md as a running page shows it: pure, over what was recorded. */
export interface Rule {
  readonly id: string;
  readonly severity: Severity;
  /** What to do about it; ends each finding's message. */
  readonly fix: string;
  find(everybody: readonly PersonFacts[]): readonly Breach[];
}

/** One time that a rule was broken. `words` never hold a token. */
export interface Breach {
  readonly person: string;
  readonly t: number;
  readonly words: string;
}

/** A rule that looks at each person by herself. */
export function eachPerson(find: (facts: PersonFacts) => readonly Omit<Breach, 'person'>[]): Rule['find'] {
  return everybody =>
    everybody.flatMap(facts => find(facts).map(breach => ({ person: facts.person, ...breach })));
}

export function toFinding({ id, severity, fix }: Rule, { person, t, words }: Breach): Finding {
  return { ruleId: id, severity, message: `${words}. ${fix}`, person, t };
}
