import type { Finding } from '../finding.ts';
import type { Severity } from '../rule.ts';

/** GitHub shows no more of a kind for one step. */
const MOST = 10;

const COMMANDS: Readonly<Record<Severity, string>> = { error: 'error', warning: 'warning', info: 'notice' };

/**
 * A workflow command for each finding, which GitHub shows beside the code. `base`: from the repository to the checked folder,
 * as paths count from there.
 */
export function toGithubAnnotations(findings: readonly Finding[], base = ''): string[] {
  const kinds = Object.keys(COMMANDS) as Severity[];
  return kinds.flatMap(severity =>
    findings
      .filter(finding => finding.severity === severity)
      .slice(0, MOST)
      .map(finding => annotate(finding, base)),
  );
}

/** Escaped as https://github.com/actions/toolkit/blob/main/packages/core/src/command.ts does. */
function annotate(
  { severity, ruleId, message, file, line, column, endLine, endColumn }: Finding,
  base: string,
): string {
  const where = { file: base + file, line, endLine, ...(line === endLine && { col: column, endColumn }) };
  const properties = Object.entries({ ...where, title: ruleId }).map(
    ([name, value]) => `${name}=${escapeProperty(String(value))}`,
  );
  return `::${COMMANDS[severity]} ${properties.join(',')}::${escapeData(message)}`;
}

function escapeData(text: string): string {
  return text.replace(/%/g, '%25').replace(/\r/g, '%0D').replace(/\n/g, '%0A');
}

function escapeProperty(text: string): string {
  return escapeData(text).replace(/:/g, '%3A').replace(/,/g, '%2C');
}
