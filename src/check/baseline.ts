import { createHash } from 'node:crypto';
import { MeetError } from '../core/errors.ts';
import type { Finding } from './finding.ts';
import { isRecord, parseJson } from './plain-json.ts';
import { LINE_END } from './positions.ts';

/**
 * Findings that a project has put up with: only new ones count. Each is known by its rule, its file and the code of its line, so
 * that it stays known when lines move; how often, for a line that is there twice.
 */
export type Baseline = ReadonlyMap<string, number>;

export function baselineOf(findings: readonly Finding[], textOf: (file: string) => string): Baseline {
  const counts = new Map<string, number>();
  for (const finding of findings) {
    const key = keyOf(finding, textOf(finding.file));
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return counts;
}

/** The findings that are not in a baseline. */
export function withoutKnown(
  findings: readonly Finding[],
  baseline: Baseline,
  textOf: (file: string) => string,
): Finding[] {
  const left = new Map(baseline);
  return findings.filter(finding => {
    const key = keyOf(finding, textOf(finding.file));
    const count = left.get(key) ?? 0;
    left.set(key, count - 1);
    return count <= 0;
  });
}

/** As a file: sorted, so that its changes read well. */
export function writeBaseline(baseline: Baseline): string {
  const known = Object.fromEntries([...baseline].sort(([a], [b]) => (a < b ? -1 : 1)));
  return `${JSON.stringify({ version: 1, known }, null, 2)}\n`;
}

/** @throws MeetError BAD_CONFIG for what is no such file. */
export function readBaseline(text: string, name: string): Baseline {
  const file = parseJson(text);
  const { version, known } = isRecord(file) ? file : {};
  if (version !== 1 || !isRecord(known) || !Object.values(known).every(isCount))
    throw new MeetError('BAD_CONFIG', `${name} is no baseline; write it anew with --update-baseline.`);
  return new Map(Object.entries(known) as [string, number][]);
}

function isCount(count: unknown): boolean {
  return Number.isInteger(count) && Number(count) > 0;
}

/** The code is hashed: a line may hold a key, and baselines are committed. */
function keyOf({ ruleId, file, line }: Finding, text: string): string {
  const code = (text.split(LINE_END)[line - 1] ?? '').trim();
  return `${file} ${ruleId} ${createHash('sha256').update(code).digest('hex').slice(0, 12)}`;
}
