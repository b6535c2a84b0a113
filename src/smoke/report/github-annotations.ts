import type { Severity } from '../lint/finding.ts';
import { casesOf } from './cases.ts';
import { removeControls } from './plain-text.ts';
import type { TimedReport } from './repetition.ts';

/** GitHub shows no more of a kind for one step. */
const MOST = 10;

const COMMANDS: Readonly<Record<Severity, string>> = { error: 'error', warning: 'warning', info: 'notice' };

/** A workflow command per failure and finding, which GitHub shows on the run's page and beside the code. */
export function toAnnotations(runs: readonly TimedReport[]): string[] {
  const errors = runs.flatMap(({ report }, index) =>
    casesOf(report)
      .filter(({ outcome }) => outcome === 'failed')
      .map(({ name, detail, exitCode }) =>
        command('error', `${titleOf(runs, index)}: ${name} (exit code ${exitCode})`, detail),
      ),
  );
  const mild = (wanted: Severity) =>
    runs.flatMap(({ report }, index) =>
      report.lint
        .filter(({ severity }) => severity === wanted)
        .map(({ ruleId, message }) =>
          command(COMMANDS[wanted], `${titleOf(runs, index)}: ${ruleId}`, message),
        ),
    );
  return [errors, mild('warning'), mild('info')].flatMap(lines => lines.slice(0, MOST));
}

function titleOf(runs: readonly TimedReport[], index: number): string {
  return runs.length > 1 ? `meet smoke, run ${index + 1}` : 'meet smoke';
}

/** Escaped as https://github.com/actions/toolkit/blob/main/packages/core/src/command.ts does. */
function command(name: string, title: string, message: string): string {
  return `::${name} title=${escapeProperty(title)}::${escapeData(message)}`;
}

function escapeData(text: string): string {
  return removeControls(text).replace(/%/g, '%25').replace(/\n/g, '%0A');
}

function escapeProperty(text: string): string {
  return escapeData(text).replace(/:/g, '%3A').replace(/,/g, '%2C');
}
