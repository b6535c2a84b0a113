import { ts } from '@ts-morph/common';

const SERVER_PACKAGES = new Set([
  ...[
    'express',
    'fastify',
    'koa',
    '@koa/router',
    'hono',
    '@hapi/hapi',
    'polka',
    'restify',
    'h3',
    '@nestjs/common',
  ],
  ...['next/server', 'firebase-functions', '@sveltejs/kit/node', 'http', 'https', 'node:http', 'node:https'],
  ...[
    '@trpc/server',
    'apollo-server',
    '@prisma/client',
    'pg',
    'mongoose',
    'mongodb',
    'server-only',
    'knex',
    'mysql2',
  ],
]);

const SERVER_PLACE =
  /(?:^|\/)(?:server|api|functions|netlify|backend|lambda)\/|\.server\.[jt]s$|(?:^|\/)server\.[cm]?[jt]s$|(?:^|\/)route\.[jt]s$|\+(?:server|page\.server|layout\.server)\.[jt]s$/;

/** Whether a file runs on a server: by what it imports, by `'use server'`, or by where it lies. */
export function isServerFile(path: string, source: ts.SourceFile): boolean {
  const marks = directives(source);
  if (marks.includes('use client')) return false;
  if (marks.includes('use server')) return true;
  if (importsOf(source).some(name => SERVER_PACKAGES.has(name))) return true;
  // A folder of a browser's own `api` wrappers is `src/api`, and says nothing.
  return (
    SERVER_PLACE.test(path) && !/(?:^|\/)src\/api\//.test(path) && !/\.(?:vue|svelte|html|[jt]sx)$/.test(path)
  );
}

/** `'use client'`, `'use server'`. */
export function directives({ statements }: ts.SourceFile): string[] {
  return statements.flatMap(each =>
    ts.isExpressionStatement(each) && ts.isStringLiteral(each.expression) ? [each.expression.text] : [],
  );
}

function importsOf({ statements }: ts.SourceFile): string[] {
  return statements.flatMap(each => {
    if (ts.isImportDeclaration(each) && ts.isStringLiteral(each.moduleSpecifier)) {
      return each.importClause?.isTypeOnly ? [] : [each.moduleSpecifier.text];
    }
    return ts.isVariableStatement(each) ? each.declarationList.declarations.flatMap(requiredBy) : [];
  });
}

function requiredBy({ initializer }: ts.VariableDeclaration): string[] {
  if (!initializer || !ts.isCallExpression(initializer)) return [];
  const [specifier] = initializer.arguments;
  const isRequire = ts.isIdentifier(initializer.expression) && initializer.expression.text === 'require';
  return isRequire && specifier && ts.isStringLiteralLike(specifier) ? [specifier.text] : [];
}
