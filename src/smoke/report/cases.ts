import { DEADLINE_EXIT_CODE, INTERRUPTED_EXIT_CODE, PHASES, SCENARIO_EXIT_CODE } from '../phase.ts';
import type { SmokeReport } from './report.ts';

/** Something that was tried, as test reports count it. */
export interface Case {
  readonly kind: 'phase' | 'scenario' | 'lint' | 'run';
  readonly name: string;
  readonly outcome: 'passed' | 'failed' | 'skipped';
  readonly ms: number;
  /** What was found; of a failure the cause, of what was skipped the reason. */
  readonly detail: string;
  /** Of a failure. */
  readonly exitCode: number;
}

/** Everything that was tried in a run, in its order. A run that failed has a failed case, whatever it came to. */
export function casesOf(report: SmokeReport): Case[] {
  const cases = [...phaseCases(report), ...scenarioCases(report), ...lintCases(report)];
  const blamed = report.ok || cases.some(({ outcome }) => outcome === 'failed');
  return blamed ? cases : [...cases, runCase(report)];
}

/** What a failed run failed in first; null when it passed. The rules are looked at last, also after a scenario's failure. */
export function causeOf(report: SmokeReport): Case | null {
  if (report.ok) return null;
  const failed = casesOf(report).filter(({ outcome }) => outcome === 'failed');
  return failed.find(({ exitCode }) => exitCode === report.exitCode) ?? failed[0] ?? null;
}

function phaseCases({ phases, exitCode }: SmokeReport): Case[] {
  return phases.map(({ name, ok, ms, detail = '' }) => ({
    kind: 'phase',
    name,
    outcome: ok ? 'passed' : 'failed',
    ms,
    detail,
    exitCode: exitCode === SCENARIO_EXIT_CODE ? PHASES[name] : exitCode,
  }));
}

function scenarioCases({ scenarios = [] }: SmokeReport): Case[] {
  return scenarios.map(({ name, ok, skipped, ms, detail }) => ({
    kind: 'scenario',
    name,
    outcome: skipped ? 'skipped' : ok ? 'passed' : 'failed',
    ms,
    detail,
    exitCode: SCENARIO_EXIT_CODE,
  }));
}

function lintCases({ lint }: SmokeReport): Case[] {
  return lint
    .filter(({ severity }) => severity === 'error')
    .map(({ ruleId, person, message }) => ({
      kind: 'lint',
      name: person ? `${ruleId} (${person})` : ruleId,
      outcome: 'failed',
      ms: 0,
      detail: message,
      exitCode: PHASES.lint,
    }));
}

const ENDINGS: Readonly<Record<number, string>> = {
  [DEADLINE_EXIT_CODE]: 'the time of the run was over',
  [INTERRUPTED_EXIT_CODE]: 'interrupted',
};

function runCase({ exitCode }: SmokeReport): Case {
  const detail = ENDINGS[exitCode] ?? 'it ended before its first phase';
  return { kind: 'run', name: 'the run', outcome: 'failed', ms: 0, detail, exitCode };
}
