import { existsSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { checkProject } from '../check/check-project.ts';
import { loadDart, type ParseDart } from '../check/dart/parse-dart.ts';
import { readLevels } from '../check/levels.ts';
import { resultAsJson } from '../check/output/json.ts';
import { describeResult } from '../check/output/text.ts';
import { type Project, readProject } from '../check/project/project.ts';
import type { Rule } from '../check/rule.ts';
import { ALL_RULES } from '../check/rules/all.ts';
import { MeetError } from '../core/errors.ts';
import type { Command, Context } from './context.ts';
import { EXIT_FAILED, EXIT_OK } from './exit-codes.ts';
import { formatTable } from './table.ts';

export interface CheckFlags {
  readonly path?: string;
  readonly rule?: readonly string[];
  readonly list?: boolean;
  readonly json?: boolean;
}

/** `meet check`: reads a project's source for broken rules; fails where one of them is an error. */
export const check: Command<CheckFlags> = async (context, flags) => {
  const { out, settings } = context;
  const rules = pickRules(flags.rule);
  if (flags.list) return list(context, rules, flags);
  const project = readProject(findFolder(flags.path));
  const levels = readLevels(
    settings.check ?? {},
    ALL_RULES.map(({ id }) => id),
  );
  const result = checkProject(project, { rules, levels, parseDart: await loadParserFor(project) });
  if (flags.json) out.line(JSON.stringify(resultAsJson(result)));
  else for (const line of describeResult(result, project, rules, out.style)) out.line(line);
  return result.summary.errors > 0 ? EXIT_FAILED : EXIT_OK;
};

/** Made by the build: see scripts/build.mjs. */
const DART_PARSER = {
  runtime: fileURLToPath(new URL('../../dist/check/tree-sitter.wasm', import.meta.url)),
  grammar: fileURLToPath(new URL('../../dist/check/dart.wasm', import.meta.url)),
};

async function loadParserFor({ files }: Project): Promise<ParseDart | null> {
  const hasDart = [...files.keys()].some(path => path.endsWith('.dart'));
  return hasDart ? loadDart(DART_PARSER) : null;
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
