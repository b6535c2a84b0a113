import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Baseline, baselineOf, readBaseline, withoutKnown, writeBaseline } from '../check/baseline.ts';
import { type CheckResult, checkProject, withFindings } from '../check/check-project.ts';
import { loadDart, type ParseDart } from '../check/dart/parse-dart.ts';
import { readLevels } from '../check/levels.ts';
import { type Project, readProject } from '../check/project/project.ts';
import type { Rule } from '../check/rule.ts';
import { ALL_RULES } from '../check/rules/all.ts';
import { MeetError } from '../core/errors.ts';
import { listChangedFiles } from './changed-files.ts';
import { fix } from './check-fix.ts';
import { printResult } from './check-outputs.ts';
import type { Command, Context } from './context.ts';
import { EXIT_FAILED, EXIT_OK } from './exit-codes.ts';
import { readCheckConfig } from './settings.ts';
import { formatTable } from './table.ts';

export interface CheckFlags {
  readonly path?: string;
  readonly rule?: readonly string[];
  /** true: since the last commit. */
  readonly changed?: string | true;
  readonly baseline?: string;
  readonly updateBaseline?: boolean;
  readonly fix?: boolean;
  readonly dryRun?: boolean;
  readonly sarif?: string;
  readonly list?: boolean;
  readonly json?: boolean;
}

/** `meet check`: reads a project's source for broken rules; fails where one of them is an error. */
export const check: Command<CheckFlags> = async (context, flags) => {
  refuseHalves(flags);
  const rules = pickRules(flags.rule);
  if (flags.list) return list(context, rules, flags);
  const folder = findFolder(flags.path);
  const project = readProject(folder);
  const look = await prepareLook(context, project, rules, flags);
  if (flags.updateBaseline && flags.baseline)
    return keepBaseline(context, look(project), project, flags.baseline);
  const known = flags.baseline ? openBaseline(flags.baseline) : null;
  const judge = (each: Project) => (known ? dropKnown(look(each), each, known) : look(each));
  const found = { project, result: judge(project) };
  const told = flags.fix ? fix(context, { folder, judge, dryRun: flags.dryRun === true, ...found }) : found;
  printResult(context, told.result, { rules, folder, ...flags, project: told.project });
  return told.result.summary.errors > 0 ? EXIT_FAILED : EXIT_OK;
};

function refuseHalves({ updateBaseline, baseline, dryRun, fix: fixes, json }: CheckFlags): void {
  if (updateBaseline && !baseline)
    throw new MeetError('BAD_REQUEST', '--update-baseline needs to know where: add --baseline FILE.');
  if (dryRun && !fixes)
    throw new MeetError('BAD_REQUEST', '--dry-run is for --fix; without it nothing is written.');
  if (fixes && json)
    throw new MeetError('BAD_REQUEST', '--fix shows a diff, and --json cannot; use one of them.');
}

/** How a project is looked at, once or again after fixes: what the flags and the settings ask for, loaded before. */
async function prepareLook(
  { settings }: Context,
  project: Project,
  rules: readonly Rule[],
  { changed }: CheckFlags,
): Promise<(project: Project) => CheckResult> {
  const files = changed ? await listChangedFiles(project.root, changed === true ? 'HEAD' : changed) : null;
  const known = ALL_RULES.map(({ id }) => id);
  // Rules that were not asked for are off, not unknown: comments may name them.
  const off = known.filter(id => !rules.some(rule => rule.id === id)).map(id => [id, 'off'] as const);
  const levels = {
    ...readLevels(readCheckConfig(project.root) ?? settings.check ?? {}, known),
    ...Object.fromEntries(off),
  };
  const parseDart = await loadParserFor(project);
  return each => {
    const result = checkProject(each, { rules: ALL_RULES, levels, parseDart });
    if (!files) return result;
    // All is read, since a rule may look into other files; only what is found in the changed ones is told.
    return withFindings(
      result,
      result.findings.filter(({ file }) => files.has(file)),
    );
  };
}

/** Made by the build: see scripts/build.mjs. */
const DART_PARSER = {
  runtime: fileURLToPath(new URL('../../dist/check/tree-sitter.wasm', import.meta.url)),
  grammar: fileURLToPath(new URL('../../dist/check/dart.wasm', import.meta.url)),
};

async function loadParserFor({ files }: Project): Promise<ParseDart | null> {
  const hasDart = [...files.keys()].some(path => path.endsWith('.dart'));
  return hasDart ? loadDart(DART_PARSER) : null;
}

const textOf =
  ({ files }: Project) =>
  (file: string) =>
    files.get(file)?.text ?? '';

function openBaseline(file: string): Baseline {
  if (!existsSync(file))
    throw new MeetError('BAD_REQUEST', `There is no ${file}; write it with --update-baseline.`);
  return readBaseline(readFileSync(file, 'utf8'), file);
}

function dropKnown(result: CheckResult, project: Project, known: Baseline): CheckResult {
  return withFindings(result, withoutKnown(result.findings, known, textOf(project)));
}

function keepBaseline({ notes }: Context, { findings }: CheckResult, project: Project, file: string): number {
  writeFileSync(file, writeBaseline(baselineOf(findings, textOf(project))));
  notes.line(`${file} knows ${findings.length} findings; from now on only others are told`);
  return EXIT_OK;
}

function findFolder(path: string | undefined): string {
  const folder = resolve(path ?? '.');
  if (!existsSync(folder))
    throw new MeetError('BAD_REQUEST', `There is no ${folder}; name the folder to check.`);
  if (!statSync(folder).isDirectory())
    throw new MeetError('BAD_REQUEST', `${folder} is a file; name the folder it is part of.`);
  return folder;
}

function pickRules(ids: readonly string[] | undefined): readonly Rule[] {
  const unknown = ids?.find(id => !ALL_RULES.some(rule => rule.id === id));
  if (unknown !== undefined)
    throw new MeetError('BAD_REQUEST', `There is no rule ${unknown}; meet check --list has them all.`);
  return ids ? ALL_RULES.filter(({ id }) => ids.includes(id)) : ALL_RULES;
}

function list({ out }: Context, rules: readonly Rule[], { json }: CheckFlags): number {
  const rows = rules.map(({ id, severity, title }) => ({ id, severity, title }));
  if (json) out.line(JSON.stringify(rows));
  else {
    const table = rows.map(({ id, severity, title }) => ({ RULE: id, LEVEL: severity, WRONG: title }));
    for (const line of formatTable(table, title => out.style('dim', title))) out.line(line);
  }
  return EXIT_OK;
}
