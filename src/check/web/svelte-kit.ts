import { ts } from '@ts-morph/common';
import type { Facts } from '../facts.ts';
import { nearestManifest } from '../project/manifests.ts';
import { importClosure } from './next.ts';
import { nameText } from './nodes.ts';

type KitFacts = Pick<Facts, 'project' | 'web'>;

const ENTRY = /(?:^|\/)routes\/(?:.*\/)?\+(?:page|layout|error)\.(?:svelte|[jt]s)$/;

/** What SvelteKit renders on its server first: all pages and layouts but those that say `export const ssr = false`. */
export function svelteKitRendered({ project, web }: KitFacts): ReadonlySet<string> {
  const isKit = (path: string) =>
    nearestManifest(project.packages, path)?.dependencies.has('@sveltejs/kit') ?? false;
  const entries = [...web.sources.keys()].filter(path => ENTRY.test(path) && isKit(path));
  return importClosure(
    entries.filter(path => isRendered(project, path)),
    web,
    () => false,
  );
}

/** By the page's own word, else by that of the nearest layout that has one. */
function isRendered({ files }: Facts['project'], entry: string): boolean {
  const folders = entry.split('/').slice(0, -1);
  const said = ['page', ...folders.map(() => 'layout')].flatMap((kind, index) => {
    const folder = folders.slice(0, folders.length - Math.max(0, index - 1)).join('/');
    return ENDINGS.flatMap(end => ssrOf(files.get(`${folder}/+${kind}${end}`)?.text) ?? []);
  });
  return said[0] ?? true;
}

const ENDINGS = ['.ts', '.js', '.server.ts', '.server.js'];

/** What the module says of `ssr`; null where nothing. */
function ssrOf(text: string | undefined): boolean | null {
  if (text === undefined) return null;
  const { statements } = ts.createSourceFile('/ssr.ts', text, ts.ScriptTarget.ESNext, true);
  for (const statement of statements) {
    if (!ts.isVariableStatement(statement)) continue;
    const found = statement.declarationList.declarations.find(({ name }) => nameText(name) === 'ssr');
    if (found?.initializer) return found.initializer.kind !== ts.SyntaxKind.FalseKeyword;
  }
  return null;
}
