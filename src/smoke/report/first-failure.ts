import type { SmokeReport } from './report.ts';

export interface Failure {
  /** Of the phase or scenario. */
  readonly name: string;
  readonly detail: string;
}

/** What a run failed of first: a phase, else a scenario, since those come after; undefined where nothing failed. */
export function firstFailure({
  phases,
  scenarios = [],
}: Pick<SmokeReport, 'phases' | 'scenarios'>): Failure | undefined {
  const failed = phases.find(({ ok }) => !ok) ?? scenarios.find(({ ok }) => !ok);
  return failed && { name: failed.name, detail: failed.detail ?? 'no detail' };
}
