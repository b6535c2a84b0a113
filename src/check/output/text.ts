import type { CheckResult } from '../check-project.ts';
import type { Finding } from '../finding.ts';
import type { Project } from '../project/project.ts';
import type { Rule, Severity } from '../rule.ts';
import { codeFrame } from './code-frame.ts';

/** Styles text for a terminal, or leaves it as it is. */
export type Paint = (style: 'bold' | 'dim' | 'red' | 'yellow' | 'cyan' | 'green', text: string) => string;

const COLORS: Readonly<Record<Severity, 'red' | 'yellow' | 'cyan'>> = {
  error: 'red',
  warning: 'yellow',
  info: 'cyan',
};

/** Findings for people: where, what, the code; why and what to write instead once for each rule. */
export function describeResult(
  { findings, notes, summary }: CheckResult,
  project: Project,
  rules: readonly Rule[],
  paint: Paint,
): string[] {
  const explained = new Set<string>();
  const lines = findings.flatMap(finding => {
    const rule = rules.find(({ id }) => id === finding.ruleId);
    const first = !explained.has(finding.ruleId);
    explained.add(finding.ruleId);
    return [...describeFinding(finding, project, paint), ...(rule && first ? explain(rule, paint) : []), ''];
  });
  const told = notes.map(({ file, line, message }) =>
    paint('dim', `note: ${file}${line ? `:${line}` : ''}: ${message}`),
  );
  return [...lines, ...told, ...(told.length > 0 ? [''] : []), describeSummary(summary, paint)];
}

function describeFinding(finding: Finding, project: Project, paint: Paint): string[] {
  const { file, line, column, severity, ruleId, message } = finding;
  const text = project.files.get(file)?.text ?? '';
  return [
    `${paint('bold', `${file}:${line}:${column}`)}  ${paint(COLORS[severity], severity)}  ${paint('dim', ruleId)}`,
    `  ${message}`,
    ...codeFrame(text, finding, paint).map(each => `  ${each}`),
  ];
}

function explain({ why, fix }: Rule, paint: Paint): string[] {
  const indent = (label: string, text: string) =>
    text
      .split('\n')
      .map((line, index) => `  ${paint('bold', index === 0 ? label : ' '.repeat(label.length))} ${line}`);
  return [...indent('why:', why), ...indent('fix:', fix)];
}

function describeSummary(summary: CheckResult['summary'], paint: Paint): string {
  const { files, errors, warnings, infos, suppressed } = summary;
  const found = [
    plural(errors, 'error'),
    plural(warnings, 'warning'),
    ...(infos ? [plural(infos, 'remark')] : []),
  ];
  const held = suppressed ? `, ${suppressed} held back by comments` : '';
  const color = errors > 0 ? 'red' : warnings > 0 ? 'yellow' : 'green';
  return `${paint(color, found.join(', '))} in ${plural(files, 'file')}${held}`;
}

function plural(count: number, word: string): string {
  return `${count} ${word}${count === 1 ? '' : 's'}`;
}
