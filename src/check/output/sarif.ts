import type { Log, ReportingDescriptor, Result, Run } from 'sarif';
import type { CheckResult } from '../check-project.ts';
import type { Finding } from '../finding.ts';
import type { Rule, Severity } from '../rule.ts';
import { explainRule } from './rules-page.ts';

/** SARIF's words: a remark is a note. */
const LEVELS: Readonly<Record<Severity, 'error' | 'warning' | 'note'>> = {
  error: 'error',
  warning: 'warning',
  info: 'note',
};

/**
 * Findings as SARIF 2.1.0, for GitHub's code scanning and editors.
 * @see https://docs.oasis-open.org/sarif/sarif/v2.1.0/os/sarif-v2.1.0-os.html
 */
export function toSarif({ findings, notes }: CheckResult, rules: readonly Rule[], version: string): Log {
  const run: Run = {
    tool: { driver: { name: 'meet check', version, rules: rules.map(describeRule) } },
    columnKind: 'utf16CodeUnits',
    results: findings.map(finding => describeFinding(finding, rules)),
    invocations: [
      {
        executionSuccessful: true,
        toolExecutionNotifications: notes.map(({ file, line, message }) => ({
          level: 'note',
          message: { text: message },
          locations: [
            {
              physicalLocation: {
                artifactLocation: locate(file),
                ...(line && { region: { startLine: line } }),
              },
            },
          ],
        })),
      },
    ],
    originalUriBaseIds: { PROJECT: { description: { text: 'the folder that was checked' } } },
  };
  return { $schema: 'https://json.schemastore.org/sarif-2.1.0.json', version: '2.1.0', runs: [run] };
}

function describeRule(rule: Rule): ReportingDescriptor {
  const { id, severity, title, why, fix, platform } = rule;
  return {
    id,
    shortDescription: { text: title },
    fullDescription: { text: why },
    help: { text: `${why}\n\n${fix}`, markdown: explainRule(rule) },
    defaultConfiguration: { level: LEVELS[severity] },
    properties: { tags: [platform] },
  };
}

function describeFinding(finding: Finding, rules: readonly Rule[]): Result {
  const { ruleId, severity, message, file, line, column, endLine, endColumn } = finding;
  const region = { startLine: line, startColumn: column, endLine, endColumn };
  return {
    ruleId,
    ruleIndex: rules.findIndex(({ id }) => id === ruleId),
    level: LEVELS[severity],
    message: { text: message },
    locations: [{ physicalLocation: { artifactLocation: locate(file), region } }],
  };
}

/** GitHub takes addresses relative to the repository, with what is special in them encoded. */
function locate(file: string): { uri: string; uriBaseId: string } {
  return { uri: file.split('/').map(encodeURIComponent).join('/'), uriBaseId: 'PROJECT' };
}
