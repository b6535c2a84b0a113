import type { CheckResult } from '../check-project.ts';
import type { Finding } from '../finding.ts';
import type { Project } from '../project/project.ts';
import type { Rule } from '../rule.ts';
import { codeFrame } from './code-frame.ts';
import { COLORS, type Paint } from './paint.ts';
import { summarizeRules } from './rule-summary.ts';
import { tame, wrap } from './wrap.ts';

/** Longer lines of prose are hard to read, however wide the terminal is. */
const WIDEST_PROSE = 100;

interface Page {
  readonly project: Project;
  readonly rules: readonly Rule[];
  readonly paint: Paint;
  /** Columns. */
  readonly width: number;
}

/** Findings for people, by file: where, what, the code; why and what to write instead once for each rule. */
export function describeResult(result: CheckResult, page: Page): string[] {
  const { findings, notes, summary } = result;
  const { rules, paint, width } = page;
  const firsts = new Set(
    rules.map(({ id }) => findings.find(({ ruleId }) => ruleId === id)).filter(first => first !== undefined),
  );
  const files = [...new Set(findings.map(({ file }) => file))];
  const told = files.flatMap(file => [
    paint('bold', tame(file)),
    '',
    ...findings
      .filter(finding => finding.file === file)
      .flatMap(finding => [...describeFinding(finding, page), ...explain(finding, firsts, page), '']),
  ]);
  const remarks = notes.flatMap(({ file, line, message }) =>
    wrap(`note: ${tame(file)}${line ? `:${line}` : ''}: ${tame(message)}`, width),
  );
  const counts = findings.length > 1 ? [...summarizeRules(findings, rules, paint, width), ''] : [];
  return [
    ...told,
    ...remarks.map(line => paint('dim', line)),
    ...(remarks.length > 0 ? [''] : []),
    ...counts,
    ...describeSummary(summary, findings.filter(({ fix }) => fix).length, page),
  ];
}

function describeFinding(finding: Finding, { project, paint, width }: Page): string[] {
  const { file, line, column, severity, ruleId, message } = finding;
  const text = project.files.get(file)?.text ?? '';
  const frame = codeFrame(text, finding, paint, width - 4).map(each => `    ${each}`);
  const where = `${line}:${column}`;
  return [
    `  ${paint('bold', where)}  ${paint(COLORS[severity], severity)}  ${paint('dim', ruleId)}`,
    ...wrap(tame(message), proseOf(width) - 4).map(each => `    ${each}`),
    '',
    ...frame,
  ];
}

const proseOf = (width: number) => Math.min(width, WIDEST_PROSE);

function explain(finding: Finding, firsts: ReadonlySet<Finding>, { rules, paint, width }: Page): string[] {
  const rule = rules.find(({ id }) => id === finding.ruleId);
  if (!rule || !firsts.has(finding)) return [];
  const part = (label: string, text: string) =>
    wrap(text, proseOf(width) - 9).map(
      (line, index) => `    ${index === 0 ? paint('bold', label) : ' '.repeat(label.length)}  ${line}`,
    );
  return ['', ...part('why', rule.why), ...part('fix', rule.fix)];
}

function describeSummary(summary: CheckResult['summary'], fixable: number, { paint }: Page): string[] {
  const { files, errors, warnings, infos, suppressed } = summary;
  const found = [
    plural(errors, 'error'),
    plural(warnings, 'warning'),
    ...(infos ? [plural(infos, 'remark')] : []),
  ];
  const held = suppressed ? `, ${suppressed} held back by comments` : '';
  const color = errors > 0 ? 'red' : warnings > 0 ? 'yellow' : 'green';
  const mendable = `--fix mends ${fixable === 1 ? 'one' : fixable} of them; --fix --dry-run shows how`;
  return [
    `${paint(color, found.join(', '))} in ${plural(files, 'file')}${held}`,
    ...(fixable > 0 ? [mendable] : []),
  ];
}

function plural(count: number, word: string): string {
  return `${count} ${word}${count === 1 ? '' : 's'}`;
}
