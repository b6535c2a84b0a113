import { ts } from '@ts-morph/common';
import type { Facts } from '../facts.ts';
import { nearestManifest } from '../project/manifests.ts';
import { calleeName, nameText, walk } from './nodes.ts';
import { directives } from './server.ts';

/** What of a Next.js project runs on its server. */
export interface NextModules {
  /** Server components and what they import: never in a browser. */
  readonly serverOnly: ReadonlySet<string>;
  /** These, and what the pages router renders on the server before the browser does. */
  readonly rendered: ReadonlySet<string>;
}

type NextFacts = Pick<Facts, 'project' | 'web'>;

const APP_ENTRY = /^(?:src\/)?app\/(?:.*\/)?(?:page|layout|template|default|loading|not-found)\.[jt]sx?$/;
const PAGES_ENTRY = /^(?:src\/)?pages\/(?!api\/).+\.[jt]sx?$/;

/**
 * The app router renders on the server until an import comes to `'use client'`; the pages router renders every page there,
 * and `'use client'` means nothing to it.
 */
export function nextModules({ project, web }: NextFacts): NextModules {
  const isNext = (path: string) => nearestManifest(project.packages, path)?.dependencies.has('next') ?? false;
  const entries = (entry: RegExp) =>
    [...web.sources.keys()].filter(path => isNext(path) && entry.test(inPackage(project, path)));
  const serverOnly = importClosure(entries(APP_ENTRY), web, path => isClient(web, path));
  const pages = importClosure(entries(PAGES_ENTRY), web, () => false);
  return { serverOnly, rendered: new Set([...serverOnly, ...pages]) };
}

function inPackage({ packages }: Facts['project'], path: string): string {
  const folder = nearestManifest(packages, path)?.folder;
  return folder ? path.slice(folder.length + 1) : path;
}

function isClient({ sources }: Facts['web'], path: string): boolean {
  const source = sources.get(path);
  return source !== undefined && directives(source).includes('use client');
}

/** Files with all that they load at once, up to those that stop it. */
export function importClosure(
  entries: readonly string[],
  web: Facts['web'],
  stops: (path: string) => boolean,
): Set<string> {
  const seen = new Set(entries.filter(path => !stops(path)));
  for (const path of seen) {
    const source = web.sources.get(path);
    for (const specifier of source ? importedOnServer(source) : []) {
      const to = web.program.resolvePath(specifier, path);
      if (to !== null && web.sources.has(to) && !stops(to)) seen.add(to);
    }
  }
  return seen;
}

function importedOnServer(source: ts.SourceFile): string[] {
  const statements = source.statements.flatMap(each => loadedBy(each)?.text ?? []);
  return [...statements, ...walk(source).flatMap(dynamicOnServer)];
}

/** The module that a statement at the top loads; null for what is a matter of types alone. */
export function loadedBy(statement: ts.Statement): ts.StringLiteral | null {
  if (!ts.isImportDeclaration(statement) && !ts.isExportDeclaration(statement)) return null;
  const { moduleSpecifier: specifier } = statement;
  if (!specifier || !ts.isStringLiteral(specifier)) return null;
  const isType = ts.isImportDeclaration(statement) ? isTypeImport(statement) : statement.isTypeOnly;
  return isType ? null : specifier;
}

function isTypeImport({ importClause }: ts.ImportDeclaration): boolean {
  if (!importClause) return false;
  if (importClause.isTypeOnly) return true;
  const { name, namedBindings } = importClause;
  if (name || !namedBindings || !ts.isNamedImports(namedBindings)) return false;
  return namedBindings.elements.length > 0 && namedBindings.elements.every(each => each.isTypeOnly);
}

/** `dynamic(() => import('./room'))` is rendered on the server too, unless it says `{ ssr: false }`. */
function dynamicOnServer(node: ts.Node): string[] {
  if (!ts.isCallExpression(node) || calleeName(node) !== 'dynamic') return [];
  const [load, options] = node.arguments;
  if (!load || (options && turnsOff(options))) return [];
  return walk(load).flatMap(each => {
    const isImport = ts.isCallExpression(each) && each.expression.kind === ts.SyntaxKind.ImportKeyword;
    const specifier = isImport ? each.arguments[0] : undefined;
    return specifier && ts.isStringLiteralLike(specifier) ? [specifier.text] : [];
  });
}

function turnsOff(options: ts.Expression): boolean {
  // Options that are not written out here may say it.
  if (!ts.isObjectLiteralExpression(options)) return true;
  return options.properties.some(
    each =>
      ts.isPropertyAssignment(each) &&
      nameText(each.name) === 'ssr' &&
      each.initializer.kind === ts.SyntaxKind.FalseKeyword,
  );
}
