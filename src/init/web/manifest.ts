import { applyEdits, type JSONPath, modify, type ParseError, parse } from 'jsonc-parser';
import { MeetError } from '../../core/errors.ts';
import type { Tree } from '../tree.ts';

/** What `package.json` says about an app. */
export interface Manifest {
  /** Of both kinds of dependencies: their ranges by name. */
  readonly dependencies: Readonly<Record<string, string>>;
  readonly scripts: Readonly<Record<string, string>>;
  readonly isModule: boolean;
  readonly isWorkspaceRoot: boolean;
}

/** Throws `BAD_REQUEST` where there is none, or no JSON in it. */
export function readManifest(tree: Tree): Manifest {
  const text = tree.read('package.json');
  if (text === null)
    throw new MeetError('BAD_REQUEST', 'There is no package.json here; name the folder of your web app.');
  const errors: ParseError[] = [];
  const all: unknown = parse(text.replace(/^\uFEFF/, ''), errors);
  if (errors.length > 0 || typeof all !== 'object' || all === null || Array.isArray(all))
    throw new MeetError('BAD_REQUEST', 'package.json is no JSON object; mend it first.');
  const { dependencies, devDependencies, scripts, type, workspaces } = all as Record<string, unknown>;
  return {
    dependencies: { ...textsOf(devDependencies), ...textsOf(dependencies) },
    scripts: textsOf(scripts),
    isModule: type === 'module',
    isWorkspaceRoot: workspaces !== undefined || tree.read('pnpm-workspace.yaml') !== null,
  };
}

function textsOf(value: unknown): Record<string, string> {
  const entries = typeof value === 'object' && value !== null ? Object.entries(value) : [];
  return Object.fromEntries(entries.filter(([, text]) => typeof text === 'string'));
}

/** The text of `package.json` with one more dependency, in npm's order; all else of it stays as it was written. */
export function addDependency(text: string, name: string, range: string): string {
  const path: JSONPath = ['dependencies', name];
  const formattingOptions = { ...indentOf(text), eol: text.includes('\r\n') ? '\r\n' : '\n' };
  const edits = modify(text, path, range, {
    formattingOptions,
    getInsertionIndex: names => names.filter(each => each.localeCompare(name, 'en') < 0).length,
  });
  return applyEdits(text, edits);
}

function indentOf(text: string): { insertSpaces: boolean; tabSize: number } {
  const indent = /^[{\s]*?\n([ \t]+)"/.exec(text)?.[1] ?? '  ';
  return indent.startsWith('\t')
    ? { insertSpaces: false, tabSize: 1 }
    : { insertSpaces: true, tabSize: indent.length };
}
