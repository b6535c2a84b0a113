import { ts } from '@ts-morph/common';
import { unlessTooDeep } from '../project/nesting.ts';
import type { Note } from '../project/note.ts';
import type { Project } from '../project/project.ts';
import { type ScriptText, scriptName, scriptOf } from './blocks.ts';
import type { Resolver } from './resolve.ts';

/** A file's code, not parsed yet. */
export interface Script extends ScriptText {
  readonly path: string;
  /** In the program. */
  readonly name: string;
}

/** Lower-case words without one of which a file says nothing about calls by itself. */
const MARKS = ['cometchat', 'joinsession', 'generatetoken', '/meet/', 'authorize', 'meeting', 'sessionid'];

export function listScripts({ files }: Project, notes: Note[]): Script[] {
  return [...files.values()].flatMap(file => {
    const script = unlessTooDeep(file.path, notes, () => scriptOf(file), null);
    return script ? [{ ...script, path: file.path, name: scriptName(file, script) }] : [];
  });
}

export interface Relevant {
  /** The scripts that rules can be about. */
  readonly paths: ReadonlySet<string>;
  /** Those that the SDK itself can get into: they name it, or are a step or two of imports away from one that does. */
  readonly nearSdk: ReadonlySet<string>;
}

/** How far up importers matter: what they give to the code that joins, they were given themselves at most so often. */
const MOST_STEPS_UP = 5;

/**
 * Those that name the SDK with all that they import, their importers with what these import themselves, and those that
 * are about meetings by their words. None where nobody names the SDK.
 */
export function pickRelevant(scripts: readonly Script[], resolver: Resolver): Relevant {
  const lower = scripts.map(({ path, text }) => ({ path, text: text.toLowerCase() }));
  const naming = lower.filter(({ text }) => text.includes('cometchat')).map(({ path }) => path);
  if (naming.length === 0) return { paths: new Set(), nearSdk: new Set() };
  const marked = lower.filter(({ text }) => MARKS.some(mark => text.includes(mark))).map(({ path }) => path);
  const imports = new Map(scripts.map(script => [script.path, importsOf(script, resolver)]));
  const importers = reverse(imports);
  const up = closure(naming, importers, MOST_STEPS_UP);
  const down = closure(naming, imports, Number.POSITIVE_INFINITY);
  return {
    paths: new Set([...down, ...closure(givers(up, imports), imports, 1), ...up, ...marked]),
    nearSdk: new Set([...closure(naming, importers, 2), ...closure(naming, imports, 2)]),
  };
}

/** Roots and routers import the whole app, and give nothing of it to the call. */
const MOST_IMPORTS = 25;

function givers(paths: Iterable<string>, imports: ReadonlyMap<string, readonly string[]>): string[] {
  return [...paths].filter(path => (imports.get(path)?.length ?? 0) <= MOST_IMPORTS);
}

function importsOf({ text, path }: Script, resolver: Resolver): string[] {
  const { importedFiles } = ts.preProcessFile(text, true, true);
  return importedFiles.flatMap(({ fileName }) => resolver.resolve(fileName, path) ?? []);
}

function reverse(edges: ReadonlyMap<string, readonly string[]>): Map<string, string[]> {
  const back = new Map<string, string[]>();
  for (const [from, targets] of edges)
    for (const to of targets) {
      const list = back.get(to);
      if (list) list.push(from);
      else back.set(to, [from]);
    }
  return back;
}

function closure(
  seeds: Iterable<string>,
  edges: ReadonlyMap<string, readonly string[]>,
  steps: number,
): Set<string> {
  const seen = new Set(seeds);
  let latest = [...seen];
  for (let step = 0; step < steps && latest.length > 0; step++) {
    const next = latest.flatMap(path => edges.get(path) ?? []).filter(path => !seen.has(path));
    latest = [...new Set(next)];
    for (const path of latest) seen.add(path);
  }
  return seen;
}
