import { ts } from '@ts-morph/common';
import type { Facts } from '../facts.ts';
import { loadedBy } from './next.ts';
import { calleeName, nameText, walk } from './nodes.ts';

type ServerFacts = Pick<Facts, 'project' | 'web'>;

/** The files that run on a server, and all that these import; parsed for themselves where no other rule needs them. */
export function serverSources({ project, web }: ServerFacts): readonly ts.SourceFile[] {
  const found = new Map<string, ts.SourceFile>();
  for (const [path, source] of web.sources) if (web.isServer(source)) found.set(path, source);
  for (const [path, source] of found)
    for (const specifier of importedBy(source)) {
      const to = web.program.resolvePath(specifier, path);
      const file = to === null || found.has(to) ? undefined : project.files.get(to);
      if (!to || file?.kind !== 'script') continue;
      found.set(to, web.sources.get(to) ?? ts.createSourceFile(to, file.text, ts.ScriptTarget.ESNext, true));
    }
  return [...found.values()];
}

function importedBy(source: ts.SourceFile): string[] {
  const required = walk(source).flatMap(node => {
    const isRequire = ts.isCallExpression(node) && calleeName(node) === 'require';
    const specifier = isRequire ? node.arguments[0] : undefined;
    return specifier && ts.isStringLiteralLike(specifier) ? [specifier.text] : [];
  });
  return [...source.statements.flatMap(each => loadedBy(each)?.text ?? []), ...required];
}

export interface Route {
  readonly path: string;
  readonly node: ts.Node;
}

const VERBS = new Set(['get', 'post', 'put', 'patch', 'delete', 'all', 'use', 'route', 'on']);
const DECORATORS = new Set(['Get', 'Post', 'Put', 'Patch', 'Delete', 'All']);
const FILE_ROUTE =
  /(?:^|\/)(?:route|\+server)\.[jt]s$|(?:^|\/)pages\/api\/|(?:^|\/)(?:server\/api|netlify\/functions)\/|^api\//;

/** What the server answers to: routes registered by calls, by decorators, or by where a file lies. */
export function routesOf({ web }: ServerFacts): readonly Route[] {
  return [...web.sources].flatMap(([path, source]) => {
    if (!web.isServer(source)) return [];
    const registered = walk(source).flatMap(registeredRoute);
    if (registered.length > 0 || !FILE_ROUTE.test(path)) return registered;
    const node = source.statements.find(isExported) ?? source.statements[0];
    return node ? [{ path, node }] : [];
  });
}

function isExported(statement: ts.Statement): boolean {
  if (ts.isExportAssignment(statement)) return true;
  const modifiers = ts.canHaveModifiers(statement) ? ts.getModifiers(statement) : undefined;
  return modifiers?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword) ?? false;
}

function registeredRoute(node: ts.Node): Route[] {
  if (ts.isDecorator(node)) return decoratedRoute(node);
  if (ts.isCaseClause(node)) return comparedRoute(node.expression);
  if (ts.isBinaryExpression(node)) return EQUAL.has(node.operatorToken.kind) ? comparedRoute(node.right) : [];
  if (!ts.isCallExpression(node) || !ts.isPropertyAccessExpression(node.expression)) return [];
  const { name } = node.expression;
  const [first, second] = node.arguments;
  if (!first || !VERBS.has(name.text)) return [];
  if (ts.isStringLiteralLike(first) && first.text.startsWith('/'))
    return second || name.text === 'route' ? [{ path: first.text, node: first }] : [];
  return ts.isObjectLiteralExpression(first) ? first.properties.flatMap(routeProperty) : [];
}

const EQUAL = new Set([ts.SyntaxKind.EqualsEqualsEqualsToken, ts.SyntaxKind.EqualsEqualsToken]);

/** Servers without a framework: `pathname === '/api/meetings'`. Other paths are compared in middleware of pages, too. */
function comparedRoute(literal: ts.Expression): Route[] {
  const isPath = ts.isStringLiteralLike(literal) && literal.text.startsWith('/api/');
  return isPath ? [{ path: literal.text, node: literal }] : [];
}

/** Fastify's and Hapi's `route({ url: '/…', handler })`. */
function routeProperty(property: ts.ObjectLiteralElementLike): Route[] {
  if (!ts.isPropertyAssignment(property) || !ts.isStringLiteralLike(property.initializer)) return [];
  const isPath = ['url', 'path'].includes(nameText(property.name) ?? '');
  return isPath ? [{ path: property.initializer.text, node: property.initializer }] : [];
}

/** Nest's `@Post(':id')` in a `@Controller('meetings')`. */
function decoratedRoute(node: ts.Decorator): Route[] {
  const own = pathOfDecorator(node, DECORATORS);
  const { parent: method } = node;
  if (own === null || !ts.isMethodDeclaration(method) || !ts.isClassLike(method.parent)) return [];
  const around = (ts.getDecorators(method.parent) ?? []).map(each => pathOfDecorator(each, CONTROLLER));
  return [{ path: `/${around.find(each => each !== null) ?? ''}/${own}`, node }];
}

const CONTROLLER = new Set(['Controller']);

function pathOfDecorator({ expression }: ts.Decorator, names: ReadonlySet<string>): string | null {
  if (!ts.isCallExpression(expression) || !names.has(calleeName(expression) ?? '')) return null;
  const [path] = expression.arguments;
  return path && ts.isStringLiteralLike(path) ? path.text : '';
}
