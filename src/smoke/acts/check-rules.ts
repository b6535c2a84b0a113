import type { Finding } from '../lint/finding.ts';
import { smokeFailure } from '../phase.ts';
import { type Scene, SECOND } from '../scene.ts';

/** The meeting was good: now no page may have broken a rule that it is an error to break. */
export async function checkRules({ options, runner, draft }: Scene): Promise<void> {
  const { linter } = options;
  if (!linter) return;
  await runner.run({
    name: 'lint',
    limitMs: 10 * SECOND,
    async work() {
      const findings = await linter.conclude(5 * SECOND);
      draft.lint.push(...findings);
      const errors = findings.filter(({ severity }) => severity === 'error');
      if (errors.length > 0) throw smokeFailure(describeErrors(errors));
      return { value: undefined, detail: describeRest(findings.length) };
    },
    explain: async () => 'a page did not answer when it was looked at',
  });
}

/** Rule ids and people; what was seen, and what to do, is told with the findings. */
function describeErrors(errors: readonly Finding[]): string {
  const people = (ruleId: string) =>
    errors.filter(error => error.ruleId === ruleId).map(({ person }) => person);
  const ids = [...new Set(errors.map(({ ruleId }) => ruleId))];
  return ids.map(id => `${id} is broken (${people(id).filter(Boolean).join(', ') || 'the page'})`).join('; ');
}

function describeRest(count: number): string {
  if (count === 0) return 'no rule was broken';
  return `${count} ${count === 1 ? 'remark' : 'remarks'}, no error`;
}
