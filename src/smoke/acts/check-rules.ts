import type { Finding } from '../lint/finding.ts';
import { smokeFailure } from '../phase.ts';
import { type Scene, SECOND } from '../scene.ts';

/** How long a page may take to answer, in milliseconds. */
const PATIENCE_MS = 5 * SECOND;

/** The meeting was good: now no page may have broken a rule that it is an error to break. */
export async function checkRules({ options, runner, draft }: Scene): Promise<void> {
  const { linter } = options;
  if (!linter) return;
  await runner.run({
    name: 'lint',
    limitMs: 10 * SECOND,
    async work() {
      const { findings, silent } = await linter.conclude(PATIENCE_MS);
      draft.lint.push(...findings);
      const faults = [...describeErrors(findings), ...describeSilent(silent)];
      if (faults.length > 0) throw smokeFailure(faults.join('; '));
      return { value: undefined, detail: describeRest(findings.length) };
    },
    explain: async () => 'the pages were still being looked at',
  });
}

/** Rule ids and people; what was seen, and what to do, is told with the findings. */
function describeErrors(findings: readonly Finding[]): string[] {
  const errors = findings.filter(({ severity }) => severity === 'error');
  const people = (ruleId: string) =>
    errors.filter(error => error.ruleId === ruleId).map(({ person }) => person);
  const ids = [...new Set(errors.map(({ ruleId }) => ruleId))];
  return ids.map(id => `${id} is broken (${people(id).filter(Boolean).join(', ') || 'the page'})`);
}

function describeSilent(silent: readonly string[]): string[] {
  return silent.map(
    name => `${name}'s page hangs: it did not answer for ${PATIENCE_MS / SECOND} s when it was looked at`,
  );
}

function describeRest(count: number): string {
  if (count === 0) return 'no rule was broken';
  return `${count} ${count === 1 ? 'remark' : 'remarks'}, no error`;
}
