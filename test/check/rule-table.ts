import type { Rule } from '../../src/check/rule.ts';
import type { Fixture } from './fixtures.ts';

type Named = Pick<Fixture, 'ruleId' | 'name'>;

/** Rule × fixture: one line a rule, a mark and the name of each fixture. Those not run have a `·`. */
export function formatRuleTable(
  rules: readonly Rule[],
  fixtures: readonly Named[],
  outcomes: ReadonlyMap<string, boolean>,
): string {
  const width = Math.max(...rules.map(({ id }) => id.length));
  const cell = ({ ruleId, name }: Named) => {
    const right = outcomes.get(`${ruleId} ${name}`);
    return `${right === undefined ? '·' : right ? '✓' : '✗'} ${name}`;
  };
  const row = ({ id }: Rule) => {
    const own = fixtures.filter(({ ruleId }) => ruleId === id);
    return `${id.padEnd(width)}  ${own.map(cell).join('  ')}`;
  };
  return [`${'RULE'.padEnd(width)}  FIXTURES (✓ judged right)`, ...rules.map(row)].join('\n');
}
