import { ts } from '@ts-morph/common';
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

export function listScripts({ files }: Project): Script[] {
  return [...files.values()].flatMap(file => {
    const script = scriptOf(file);
    return script ? [{ ...script, path: file.path, name: scriptName(file, script) }] : [];
  });
}

/**
 * The scripts that rules can be about: those that mention calls, all that import them however indirectly, and what any of
 * these import. None where nobody mentions the SDK.
 */
export function pickRelevant(scripts: readonly Script[], resolver: Resolver): Set<string> {
  const lower = scripts.map(({ path, text }) => ({ path, text: text.toLowerCase() }));
  if (!lower.some(({ text }) => text.includes('cometchat'))) return new Set();
  const seeds = lower.filter(({ text }) => MARKS.some(mark => text.includes(mark))).map(({ path }) => path);
  const imports = new Map(scripts.map(script => [script.path, importsOf(script, resolver)]));
  const up = closure(seeds, reverse(imports));
  return closure(up, imports);
}

function importsOf({ text, path }: Script, resolver: Resolver): string[] {
  const { importedFiles } = ts.preProcessFile(text, true, true);
  return importedFiles.flatMap(({ fileName }) => resolver.resolve(fileName, path) ?? []);
}

function reverse(edges: ReadonlyMap<string, readonly string[]>): Map<string, string[]> {
  const back = new Map<string, string[]>();
  for (const [from, targets] of edges)
    for (const to of targets) back.set(to, [...(back.get(to) ?? []), from]);
  return back;
}

function closure(seeds: Iterable<string>, edges: ReadonlyMap<string, readonly string[]>): Set<string> {
  const seen = new Set(seeds);
  for (const path of seen) for (const next of edges.get(path) ?? []) seen.add(next);
  return seen;
}
