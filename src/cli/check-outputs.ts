import { writeFileSync } from 'node:fs';
import { relative } from 'node:path';
import type { CheckResult } from '../check/check-project.ts';
import { toGithubAnnotations } from '../check/output/github.ts';
import { resultAsJson } from '../check/output/json.ts';
import { toSarif } from '../check/output/sarif.ts';
import { describeResult } from '../check/output/text.ts';
import type { Project } from '../check/project/project.ts';
import type { Rule } from '../check/rule.ts';
import { MeetError } from '../core/errors.ts';
import type { Context } from './context.ts';
import { VERSION } from './version.ts';

/** Columns where there is no terminal to ask. */
const WIDTH = 100;

export interface CheckPrint {
  readonly project: Project;
  readonly rules: readonly Rule[];
  readonly folder: string;
  readonly json?: boolean;
  readonly fix?: boolean;
  readonly sarif?: string;
}

/** Tells a result in each way that was asked for, and in GitHub's where it runs there. */
export function printResult({ out, notes, io }: Context, result: CheckResult, print: CheckPrint): void {
  const { project, rules, folder, json, sarif, fix } = print;
  if (sarif !== undefined) writeSarif(sarif, result, rules);
  if (json) out.line(JSON.stringify(resultAsJson(result)));
  else {
    // The diff of fixes has standard output to itself, so that it can be applied.
    const [page, stream] = fix ? [notes, io.stderr] : [out, io.stdout];
    const width = stream.columns ?? WIDTH;
    for (const line of describeResult(result, { project, rules, paint: page.style, width })) page.line(line);
  }
  if (io.env.GITHUB_ACTIONS !== 'true') return;
  // GitHub reads both streams; the other may be a file of JSON.
  const base = relative(io.env.GITHUB_WORKSPACE ?? folder, folder);
  for (const line of toGithubAnnotations(result.findings, base && `${base}/`)) notes.line(line);
}

function writeSarif(file: string, result: CheckResult, rules: readonly Rule[]): void {
  try {
    writeFileSync(file, `${JSON.stringify(toSarif(result, rules, VERSION), null, 2)}\n`);
  } catch (error) {
    throw new MeetError('BAD_REQUEST', `${file} cannot be written; name another file with --sarif.`, {
      cause: error,
    });
  }
}
